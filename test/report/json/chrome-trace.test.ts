import {expect, test} from 'vitest';
import {schedules} from '../../../src/pipeline/schedules/schedules.js';
import type {PipelineEvent} from '../../../src/pipeline/simulation/pipeline-event.js';
import {simulatePipeline} from '../../../src/pipeline/simulation/simulate.js';
import {chromeTrace} from '../../../src/report/json/chrome-trace.js';

test('2 stages x 2 micro-batches of 1F1B as a timeline: slices of a stage do not overlap, times in microseconds', () => {
  const events: PipelineEvent[] = [];
  const {seconds} = simulatePipeline(
    schedules['1f1b'],
    {stages: 2, virtualStages: 1, microbatches: 2},
    {
      forwardSeconds: [1, 1],
      backwardInputSeconds: [1, 1],
      backwardWeightSeconds: [1, 1],
      sendSeconds: [0],
      sendOverlap: 0,
      forwardBackwardOverlap: 0,
      activationBytes: [2 ** 30, 2 ** 30],
      weightGradientBytes: [0, 0],
    },
    event => events.push({...event}),
  );
  expect(seconds).toBe(9);
  const {traceEvents} = chromeTrace(2, events);
  expect(traceEvents.filter(({name}) => name === 'process_name').map(({args}) => args.name)).toEqual([
    'stage 0',
    'stage 1',
  ]);
  const slices = traceEvents.filter(({ph}) => ph === 'X');
  expect(slices.map(({pid, name, ts, dur}) => [pid, name, ts, dur]).sort()).toEqual(
    [
      [0, 'F0', 0, 1e6],
      [0, 'F1', 1e6, 1e6],
      [1, 'F0', 1e6, 1e6],
      [1, 'B0', 2e6, 2e6],
      [0, 'B0', 4e6, 2e6],
      [1, 'F1', 4e6, 1e6],
      [1, 'B1', 5e6, 2e6],
      [0, 'B1', 7e6, 2e6],
    ].sort(),
  );
  const held = traceEvents.filter(({ph, pid}) => ph === 'C' && pid === 0).map(({args}) => args.held);
  expect(held).toEqual([1, 2, 1, 0]);
});
