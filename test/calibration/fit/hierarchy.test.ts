import {expect, test} from 'vitest';
import type {CalibrationRun} from '../../../src/calibration/fit/calibration-runs.js';
import {fitHierarchy} from '../../../src/calibration/fit/hierarchy.js';
import {stackFacts} from '../../../src/calibration/fit/stack-facts.js';
import {handCluster} from '../../pipeline/hand-machine.js';

const {software: stack} = handCluster(8);
const facts = stackFacts(new Set());

/** Runs of a stack whose matrix products reach `share` of what was assumed of every stack. */
function runsOf(software: string, share: number): CalibrationRun[] {
  return Array.from({length: 8}, (_, i) => ({
    id: `${software}-${i}`,
    source: software,
    sweep: `${software} ${i}`,
    hardware: 'hand',
    software,
    stack,
    stepSeconds: (1 + i) / (share * stack.gemmScale.default),
    figures: {
      devices: 8,
      parameters: 1e9,
      sequenceLength: 2048,
      microBatch: 1,
      tensor: 1,
      pipeline: 1,
      context: 1,
      expert: 1,
    },
    predict: ({gemmScale}) => (1 + i) / gemmScale.default,
  }));
}

const shares = [0.7, 0.75, 0.8];
const hierarchy = fitHierarchy(
  facts,
  shares.flatMap((share, i) => runsOf(`stack ${i}`, share)),
);
const shareOf = (placed: {hardware: string; software: string}) =>
  hierarchy.onItsMachine({...placed, stack}).gemmScale.default / stack.gemmScale.default;

test('a stack that was never measured starts at what the measured ones have in common, not at what was assumed', () => {
  const unseen = shareOf({hardware: 'hand', software: 'unseen'});
  expect(unseen).toBeGreaterThan(Math.min(...shares));
  expect(unseen).toBeLessThan(0.8);
});

test('each measured stack comes out nearer to its own runs than a new one does', () => {
  const unseen = shareOf({hardware: 'hand', software: 'unseen'});
  shares.forEach((share, i) => {
    const own = shareOf({hardware: 'hand', software: `stack ${i}`});
    expect(Math.abs(own - share)).toBeLessThan(0.03);
    if (i !== 1) expect(Math.abs(own - share)).toBeLessThan(Math.abs(unseen - share));
  });
});

test('on a machine without runs a stack lies between its own machine and all stacks', () => {
  const unseen = shareOf({hardware: 'hand', software: 'unseen'});
  const elsewhere = shareOf({hardware: 'other', software: 'stack 0'});
  expect(elsewhere).toBeLessThan(unseen);
  expect(elsewhere).toBeGreaterThan(shareOf({hardware: 'hand', software: 'stack 0'}) - 0.001);
});
