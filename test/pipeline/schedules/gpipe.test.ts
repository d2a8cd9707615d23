import fc from 'fast-check';
import {expect, test} from 'vitest';
import {closedFormError, evenPipelines, simulateEven, unitPipeline} from './even-pipelines.js';

test('gpipe takes as long as 1f1b on equal stages, and keeps every micro-batch', () => {
  const gpipe = simulateEven('gpipe', unitPipeline);
  expect(gpipe.seconds).toBe(simulateEven('1f1b', unitPipeline).seconds);
  expect(gpipe.devices.map(device => device.peakInFlight)).toEqual([8, 8, 8, 8]);
});

test('gpipe: closed form is exact with any ends and any messages', () => {
  const choices = {ends: 3, send: 2, sendOverlap: fc.constantFrom(0, 0.25, 1)};
  fc.assert(
    fc.property(evenPipelines(choices), pipeline => {
      expect(closedFormError('gpipe', pipeline)).toBeCloseTo(0, 12);
    }),
    {numRuns: 3000},
  );
});
