import type {Layout} from '../../../layout/layout.js';
import type {Plan} from '../../../layout/plan.js';
import {makeEstimator} from '../../../pipeline/estimator.js';
import {simulateStep} from '../../../pipeline/simulate-step.js';
import type {PipelineEvent} from '../../../pipeline/simulation/pipeline-event.js';
import {passKinds, type Timeline} from '../answers.js';

/** Runs the pipeline of a layout by events and keeps every pass; null where the device lacks the precision. */
export function timelineOf(plan: Plan, layout: Layout): Timeline | null {
  const events: PipelineEvent[] = [];
  const simulated = simulateStep({...plan, layout}, event => events.push({...event}));
  if (simulated === null) return null;
  const {pipeline} = simulated;
  const times = makeEstimator(plan.model, plan.cluster, plan.training)?.slices(layout).times;
  const kindIndex = new Map<string, number>(passKinds.map((kind, i) => [kind, i]));
  return {
    layout,
    stages: layout.pipeline,
    seconds: pipeline.seconds,
    numMicrobatches: plan.training.globalBatch / (layout.data * layout.microBatch),
    kinds: Uint8Array.from(events, ({kind}) => kindIndex.get(kind) ?? 0),
    stage: Uint16Array.from(events, ({device}) => device),
    chunk: Uint16Array.from(events, ({chunk}) => chunk),
    microbatch: Uint32Array.from(events, ({microbatch}) => microbatch),
    start: Float64Array.from(events, ({startSeconds}) => startSeconds),
    end: Float64Array.from(events, ({endSeconds}) => endSeconds),
    heldSeconds: times === undefined ? 0 : (times.sendSeconds[0] ?? 0) * (1 - times.sendOverlap),
    bubble: pipeline.devices.map(({bubbleSeconds}) => bubbleSeconds / pipeline.seconds),
    communication: pipeline.devices.map(({communicationSeconds}) => communicationSeconds / pipeline.seconds),
  };
}
