import {expect, test} from 'vitest';
import {stepWork} from '../../../src/calibration/baselines/step-work.js';
import {modelTraffic} from '../../../src/calibration/baselines/traffic.js';
import {modelFlopPerToken} from '../../../src/model/flop.js';
import {readModel} from '../../../src/plan-file/library/library.js';
import {bytesPerSecond, flopPerSecond} from '../../../src/units/quantities.js';
import {inferredRun} from '../rows/complete-row.js';

const accelerator = {peak: {bf16: flopPerSecond(1e15)}, memoryBandwidth: bytesPerSecond(1e12)};

const measurement = (changes: Record<string, string> = {}) =>
  inferredRun({
    num_gpus: '8',
    layers: '2',
    hidden: '64',
    heads: '4',
    ffn_hidden: '256',
    vocab: '100',
    seq_len: '32',
    global_batch: '16',
    tp: '1',
    pp: '1',
    dp: '8',
    micro_batch: '1',
    ...changes,
  });

test('compute is model FLOP over peak, shared by the devices', () => {
  const run = measurement();
  const flop = modelFlopPerToken(run.model, 32, 'full') * 16 * 32;
  expect(stepWork(run, accelerator).computeSeconds).toBeCloseTo(flop / 8 / 1e15, 25);
});

test('a larger micro-batch reads the weights less often and moves as many activations', () => {
  const small = stepWork(measurement(), accelerator).trafficSeconds;
  const large = stepWork(measurement({micro_batch: '2'}), accelerator).trafficSeconds;
  const {perMicrobatch} = modelTraffic(measurement().model);
  expect(small - large).toBeCloseTo(((16 - 8) * perMicrobatch * 2) / 8 / 1e12, 20);
});

test('traffic per FLOP falls with the width of the model', () => {
  const share = (hidden: number) => {
    const {model} = measurement({hidden: `${hidden}`, ffn_hidden: `${4 * hidden}`});
    return modelTraffic(model).perToken / modelFlopPerToken(model, 32, 'full');
  };
  expect(share(128)).toBeLessThan(share(64));
});

test('a token moves the activations of the experts that it goes through; a micro-batch, all weights', async () => {
  const read = await readModel('mixtral-8x7b');
  if ('problems' in read) throw new Error('unreadable');
  const {model} = read.profile;
  const {experts} = model;
  if (experts === null) throw new Error('a mixture has experts');
  const twice = {...model, experts: {...experts, numExperts: 2 * experts.numExperts}};
  const more = modelTraffic(twice).perMicrobatch / modelTraffic(model).perMicrobatch;
  expect(more).toBeGreaterThan(1.9);
  expect(modelTraffic(twice).perToken / modelTraffic(model).perToken).toBeLessThan(1.01);
});
