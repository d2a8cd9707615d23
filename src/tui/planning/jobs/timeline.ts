import type {Layout} from '../../../layout/layout.js';
import {makeEstimator} from '../../../pipeline/estimate.js';
import {simulateStep} from '../../../pipeline/simulate-step.js';
import type {PipelineEvent} from '../../../pipeline/simulation/pipeline-event.js';
import type {Plan} from '../../../plan/plan.js';
import {passKinds, type Timeline} from '../reply.js';

/** Passes of a simulated step. */
export function timelineOf(plan: Plan, layout: Layout): Timeline {
  const events: PipelineEvent[] = [];
  const {pipeline} = simulateStep({...plan, layout}, event => events.push({...event}));
  const {times} = makeEstimator(plan).chunks(layout);
  return {
    layout,
    stages: layout.pipeline,
    seconds: pipeline.seconds,
    numMicrobatches: plan.training.globalBatch / (layout.data * layout.microBatch),
    ...passColumns(events, layout.pipeline),
    heldSeconds: (times.sendSeconds[0] ?? 0) * (1 - times.sendOverlap),
    bubble: pipeline.devices.map(({bubbleSeconds}) => bubbleSeconds / pipeline.seconds),
  };
}

type PassColumns = Pick<Timeline, 'firstPass' | 'kinds' | 'microbatch' | 'start' | 'end'>;

/** Events of a pipeline as columns, sorted by stage and then by start. */
export function passColumns(events: readonly PipelineEvent[], stages: number): PassColumns {
  const passes = [...events].sort((a, b) => a.device - b.device || a.startSeconds - b.startSeconds);
  const kindIndex = new Map<string, number>(passKinds.map((kind, i) => [kind, i]));
  const firstPass = new Uint32Array(stages + 1);
  for (const {device} of passes) firstPass[device + 1] = (firstPass[device + 1] ?? 0) + 1;
  for (let stage = 0; stage < stages; stage += 1)
    firstPass[stage + 1] = (firstPass[stage + 1] ?? 0) + (firstPass[stage] ?? 0);
  return {
    firstPass,
    kinds: Uint8Array.from(passes, ({kind}) => kindIndex.get(kind) ?? 0),
    microbatch: Uint32Array.from(passes, ({microbatch}) => microbatch),
    start: Float64Array.from(passes, ({startSeconds}) => startSeconds),
    end: Float64Array.from(passes, ({endSeconds}) => endSeconds),
  };
}
