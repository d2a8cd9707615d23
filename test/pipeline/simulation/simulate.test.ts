import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {scheduleNames} from '../../../src/layout/layout.js';
import {schedules} from '../../../src/pipeline/schedules/schedules.js';
import {evenChunkTimes} from '../../../src/pipeline/simulation/chunk-times.js';
import {compilePipeline} from '../../../src/pipeline/simulation/compiled-pipeline.js';
import {EventLoop} from '../../../src/pipeline/simulation/event-loop.js';
import type {PipelineEvent} from '../../../src/pipeline/simulation/pipeline-event.js';
import {simulatePipeline} from '../../../src/pipeline/simulation/simulate.js';
import {simulateEven, unitPipeline} from '../schedules/even-pipelines.js';
import {pipelinesOf} from '../schedules/schedule-pipelines.js';

const runs = {numRuns: 300};

describe.each(scheduleNames)('%s', name => {
  test('passes every micro-batch through every slice once, forward before backward before weights', () => {
    fc.assert(
      fc.property(pipelinesOf(name), pipeline => {
        const passes = new Map<string, PipelineEvent[]>();
        simulateEven(name, pipeline, event => {
          const key = `${event.device} ${event.chunk} ${event.microbatch}`;
          const known = passes.get(key);
          if (known === undefined) passes.set(key, [event]);
          else known.push(event);
        });
        const {routes} = schedules[name].placement(pipeline);
        let numPasses = 0;
        for (const {stops, numMicrobatches} of routes) {
          numPasses += stops.length * numMicrobatches;
          for (let microbatch = 0; microbatch < numMicrobatches; microbatch += 1) {
            const way = stops.map(({device, chunk}) => passes.get(`${device} ${chunk} ${microbatch}`) ?? []);
            expect(outOfOrder(way)).toEqual([]);
          }
        }
        expect(passes.size).toBe(numPasses);
      }),
      runs,
    );
  });

  test('runs one pass at a time on a device', () => {
    fc.assert(
      fc.property(pipelinesOf(name), pipeline => {
        const last = new Map<number, PipelineEvent>();
        const overlapping: PipelineEvent[] = [];
        simulateEven(name, pipeline, event => {
          const before = last.get(event.device);
          const paired =
            before?.startSeconds === event.startSeconds && before.endSeconds === event.endSeconds;
          if (before !== undefined && !paired && event.startSeconds < before.endSeconds)
            overlapping.push(event);
          last.set(event.device, event);
        });
        expect(overlapping).toEqual([]);
      }),
      runs,
    );
  });

  test('does as much work as there is, and accounts for every second of every device', () => {
    fc.assert(
      fc.property(pipelinesOf(name), pipeline => {
        const unpaired = {...pipeline, forwardBackwardOverlap: 0};
        const {seconds, devices} = simulateEven(name, unpaired);
        const {routes} = schedules[name].placement(pipeline);
        let work = 0;
        for (const {stops, numMicrobatches} of routes) {
          const chunks = evenChunkTimes(pipeline, stops.length);
          for (const part of [
            chunks.forwardSeconds,
            chunks.backwardInputSeconds,
            chunks.backwardWeightSeconds,
          ])
            work += numMicrobatches * part.reduce((sum, time) => sum + time, 0);
        }
        expect(devices.reduce((sum, device) => sum + device.computeSeconds, 0)).toBeCloseTo(work, 9);
        for (const device of devices) {
          expect(device.bubbleSeconds).toBeGreaterThanOrEqual(0);
          expect(device.computeSeconds + device.communicationSeconds + device.bubbleSeconds).toBe(seconds);
        }
      }),
      runs,
    );
  });

  test('never gets faster when a pass or a message takes longer', () => {
    const longer = fc.constantFrom(
      'forward',
      'backwardInput',
      'backwardWeight',
      'firstForward',
      'firstBackwardInput',
      'firstBackwardWeight',
      'lastForward',
      'lastBackwardInput',
      'lastBackwardWeight',
      'send',
    );
    fc.assert(
      fc.property(pipelinesOf(name), longer, (pipeline, part) => {
        const slower = {...pipeline, [part]: pipeline[part] + 0.25};
        expect(simulateEven(name, slower).seconds).toBeGreaterThanOrEqual(
          simulateEven(name, pipeline).seconds,
        );
      }),
      runs,
    );
  });

  test('is simulated in memory that does not grow with micro-batches', () => {
    const sizes = [200, 20_000].map(microbatches => {
      const pipeline = {...unitPipeline, virtualStages: name === 'interleaved' ? 2 : 1, microbatches};
      const compiled = compilePipeline(schedules[name], pipeline, evenChunkTimes(pipeline, 8));
      const loop = new EventLoop(compiled, null);
      loop.run();
      const arrays = Object.values(compiled).filter(value => ArrayBuffer.isView(value));
      return {
        state: arrays.reduce((sum, array) => sum + array.byteLength, 0),
        messages: loop.messages.capacity,
      };
    });
    expect(sizes[1]).toEqual(sizes[0]);
  });
});

/** The passes of one micro-batch, slice by slice, that are missing, done twice, or done too early. */
function outOfOrder(way: readonly (readonly PipelineEvent[])[]): unknown[] {
  const wrong: unknown[] = [];
  let earliest = 0;
  for (const passes of way) {
    const [forward] = passes;
    if (forward?.kind !== 'forward' || forward.startSeconds < earliest) wrong.push(passes);
    earliest = forward?.endSeconds ?? Number.NaN;
  }
  for (const passes of [...way].reverse()) {
    const [, backward, weight, ...more] = passes;
    const whole = backward?.kind === 'backward' && weight === undefined;
    const split = backward?.kind === 'backward-input' && weight?.kind === 'backward-weight';
    if (!(whole || split) || more.length > 0 || backward.startSeconds < earliest) wrong.push(passes);
    if (weight !== undefined && backward !== undefined && weight.startSeconds < backward.endSeconds)
      wrong.push(passes);
    earliest = backward?.endSeconds ?? Number.NaN;
  }
  return wrong;
}

test('events tell the activations held, back to none at the end', () => {
  const held: number[][] = [[], []];
  simulateEven('1f1b', {...unitPipeline, stages: 2, microbatches: 3}, event => {
    held[event.device]?.push(event.activationBytes);
  });
  expect(held).toEqual([
    [1, 2, 1, 2, 1, 0],
    [1, 0, 1, 0, 1, 0],
  ]);
});

test('a split backward pass gives back what only the gradient of the inputs needs', () => {
  const pipeline = {...unitPipeline, stages: 2, microbatches: 4};
  const times = {...evenChunkTimes(pipeline, 2), activationBytes: [10, 10], weightGradientBytes: [4, 4]};
  const {devices} = simulatePipeline(schedules['zb-h1'], pipeline, times);
  // The last stage puts off one gradient of the weights: 10 for the micro-batch at work, and 4.
  expect(devices.map(device => device.peakActivationBytes)).toEqual([20, 14]);
});

test('a message that hides delays its receiver and leaves the sender free', () => {
  const pipeline = {...unitPipeline, stages: 2, microbatches: 1, send: 2};
  const hidden = simulateEven('1f1b', {...pipeline, sendOverlap: 1});
  expect(hidden.seconds).toBe(6 + 2 * 2);
  expect(hidden.devices.map(device => device.communicationSeconds)).toEqual([0, 0]);
  const kept = simulateEven('1f1b', pipeline);
  expect(kept.seconds).toBe(6 + 2 * 2);
  expect(kept.devices.map(device => device.communicationSeconds)).toEqual([2, 2]);
});

test('slices on one device need no message between them', () => {
  // The V turns on the last device: three messages down, three up, and as many for the gradients.
  const pipeline = {...unitPipeline, microbatches: 1, send: 1, sendOverlap: 1};
  expect(simulateEven('zb-v', pipeline).seconds - simulateEven('zb-v', {...pipeline, send: 0}).seconds).toBe(
    12,
  );
});

test('an impossible shape is refused', () => {
  expect(() => simulateEven('dualpipe', {...unitPipeline, stages: 3})).toThrow(
    'even number of stages, not 3',
  );
});
