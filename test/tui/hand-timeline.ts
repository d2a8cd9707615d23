import type {Layout} from '../../src/layout/layout.js';
import {schedules} from '../../src/pipeline/schedules/schedules.js';
import type {PipelineEvent} from '../../src/pipeline/simulation/pipeline-event.js';
import {simulatePipeline} from '../../src/pipeline/simulation/simulate.js';
import {passColumns} from '../../src/tui/planning/jobs/timeline.js';
import type {Timeline} from '../../src/tui/planning/reply.js';

/** One 1F1B step of eight micro-batches with a second forward and two backward, and messages of a tenth. */
export function handTimeline(layout: Layout | undefined): Timeline {
  if (layout === undefined) throw new Error('a timeline is of a layout');
  const stages = layout.pipeline;
  const each = (value: number) => Array.from({length: stages}, () => value);
  const events: PipelineEvent[] = [];
  const {seconds, devices} = simulatePipeline(
    schedules['1f1b'],
    {stages, virtualStages: 1, microbatches: 8},
    {
      forwardSeconds: each(1),
      backwardInputSeconds: each(1),
      backwardWeightSeconds: each(1),
      sendSeconds: each(0.1).slice(1),
      sendOverlap: 0,
      forwardBackwardOverlap: 0,
      activationBytes: each(1),
      weightGradientBytes: each(1),
    },
    event => events.push({...event}),
  );
  return {
    layout,
    stages,
    seconds,
    numMicrobatches: 8,
    ...passColumns(events, stages),
    heldSeconds: 0.1,
    bubble: devices.map(({bubbleSeconds}) => bubbleSeconds / seconds),
  };
}
