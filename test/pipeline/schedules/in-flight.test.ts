import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type ScheduleName, scheduleNames} from '../../../src/layout/layout.js';
import {schedules} from '../../../src/pipeline/schedules/schedules.js';
import {simulateEven, unitPipeline} from './even-pipelines.js';
import {pipelinesOf} from './schedule-pipelines.js';

describe.each(scheduleNames)('%s', name => {
  test('holds as many activations as the closed form says, on every stage', () => {
    fc.assert(
      fc.property(pipelinesOf(name), pipeline => {
        const held = simulateEven(name, pipeline).devices.map(device => device.peakInFlight);
        expect(held).toEqual(held.map((_, device) => schedules[name].inFlight(device, pipeline)));
      }),
      {numRuns: 1500},
    );
  });

  test('holds bytes as the activations it has in flight', () => {
    fc.assert(
      fc.property(pipelinesOf(name), pipeline => {
        // A byte a slice, all of it kept until the gradient of the weights.
        for (const device of simulateEven(name, pipeline).devices) {
          expect(device.peakActivationBytes).toBe(device.peakInFlight);
        }
      }),
      {numRuns: 300},
    );
  });
});

/** Micro-batches whose activations the first and the last of four stages hold, in those of a whole stage. */
function heldStages(name: ScheduleName, virtualStages: number): number[] {
  const pipeline = {...unitPipeline, virtualStages, microbatches: 16};
  const {devices} = simulateEven(name, pipeline);
  const numChunks = name === 'dualpipe' ? 1 : schedules[name].numChunks(virtualStages);
  return [devices[0], devices[3]].map(device => (device?.peakInFlight ?? 0) / numChunks);
}

describe('activations in flight as published, for p = 4', () => {
  test('gpipe: all m. Huang et al. 2019', () => {
    expect(heldStages('gpipe', 1)).toEqual([16, 16]);
  });
  test('1f1b: p on the first stage, 1 on the last. Narayanan et al. 2021', () => {
    expect(heldStages('1f1b', 1)).toEqual([4, 1]);
  });
  test('interleaved: p (1 + (p - 1) / (p v)). Korthikanti et al. 2022 sec. 4.2.3', () => {
    expect(heldStages('interleaved', 2)[0]).toBe(4 * (1 + 3 / (4 * 2)));
    expect(heldStages('interleaved', 3)[0]).toBe(4 * (1 + 3 / (4 * 3)));
  });
  test('zb-h1: p on every stage. Qi et al. 2023', () => {
    expect(heldStages('zb-h1', 1)).toEqual([4, 4]);
  });
  test('zb-v: p on every stage. Qi et al. 2023 and 2024', () => {
    expect(heldStages('zb-v', 1)).toEqual([4, 4]);
  });
  test('dualpipe: p + 1 on every stage. DeepSeek-V3 table 2', () => {
    expect(heldStages('dualpipe', 1)).toEqual([5, 5]);
  });
});
