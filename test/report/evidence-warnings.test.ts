import {expect, test} from 'vitest';
import {completeLayout} from '../../src/frameworks/complete-layout.js';
import type {MeasuredRange, SoftwareStack} from '../../src/frameworks/stack.js';
import {estimateStep} from '../../src/pipeline/estimate.js';
import {memoryBand} from '../../src/pipeline/uncertainty/memory-band.js';
import {stepBand} from '../../src/pipeline/uncertainty/step-band.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {makeSimulation} from '../../src/report/simulation.js';

const text = `walltime: 1
name: evidence
model: llama-3-8b
cluster: {hardware: h100-sxm, devices: 64, software: megatron-core}
training: {tokens: 1e12, sequence_length: 4096, global_batch: 512}
layout: {tensor: 2, pipeline: 1, micro_batch: 1, sharding: optimizer, recompute: full}
`;

const wide: MeasuredRange = {
  devices: [8, 1024],
  parameters: [1e9, 1e12],
  sequenceLength: [1024, 8192],
  microBatch: [1, 8],
  tensor: [1, 8],
  pipeline: [1, 16],
  context: [1, 1],
  expert: [1, 1],
};

async function simulate(stack: Partial<SoftwareStack>, usableMemory?: number) {
  const read = await readPlanText('plan.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  const {cluster} = read.plan;
  const software = {...cluster.software, ...stack};
  const accelerator = {
    ...cluster.accelerator,
    memory: (usableMemory ?? 80e9) as typeof cluster.accelerator.memory,
  };
  const plan = {...read.plan, cluster: {...cluster, software, accelerator}};
  const layout = completeLayout(plan);
  const estimate = layout === null ? null : estimateStep({...plan, layout});
  if (layout === null || estimate === null) throw new Error('the plan states its layout');
  return {simulation: makeSimulation(plan, layout, estimate), software};
}

test('a run like those that were measured has no warning', async () => {
  const {simulation} = await simulate({evidence: 'machine', measuredRange: wide});
  expect(simulation.warnings).toEqual([]);
});

test('a run far outside is told how far, in which figure, and what that does to the band', async () => {
  const near = await simulate({evidence: 'machine', measuredRange: wide});
  const {simulation} = await simulate({
    evidence: 'machine',
    measuredRange: {...wide, devices: [8, 16], tensor: [4, 8]},
  });
  expect(simulation.warnings).toEqual([
    'far from anything measured of megatron-core on h100-sxm: devices 64 (at most 16), tensor 2 (at least 4); 8 times outside in all, for which the band is 1.45 times as wide',
  ]);
  const width = ({step}: typeof simulation) => Math.log(step.p90 / step.p50);
  expect(width(simulation) / width(near.simulation)).toBeCloseTo(1.45, 6);
});

test('a run a little outside is not far', async () => {
  const {simulation} = await simulate({
    evidence: 'machine',
    measuredRange: {...wide, devices: [8, 48]},
  });
  expect(simulation.warnings).toEqual([]);
});

test('a stack that rests on other machines, or on no run at all, says so', async () => {
  const elsewhere = await simulate({evidence: 'other-machines', measuredRange: wide});
  expect(elsewhere.simulation.warnings).toEqual([
    'rests on other machines: no run of megatron-core was measured on h100-sxm',
  ]);
  const prior = await simulate({evidence: 'none', measuredRange: null});
  expect(prior.simulation.warnings).toEqual([
    expect.stringMatching(/^rests on priors: no run of megatron-core was measured, .*\(calibrate on/),
  ]);
});

test('profiles say what their stacks rest on', async () => {
  const evidence = async (hardware: string, software: string) => {
    const read = await readPlanText(
      'plan.yaml',
      text.replace('h100-sxm', hardware).replace('megatron-core', software).replace('bf16', 'fp16'),
    );
    return 'plan' in read ? read.plan.cluster.software.evidence : null;
  };
  expect(await evidence('h100-sxm', 'megatron-core')).toBe('machine');
  expect(await evidence('h800', 'megatron-core')).toBe('other-machines');
  expect(await evidence('h100-sxm', 'deepspeed')).toBe('none');
});

test('memory has the band of its residuals, and a layout that fits at the median alone is told of', async () => {
  const residual = {p10: 0.9, p90: 1.2};
  const {simulation, software} = await simulate({
    evidence: 'machine',
    measuredRange: wide,
    memoryResidual: residual,
  });
  const {peakBytes, outsideAllocatorBytes} = simulation.estimate.memory;
  expect(simulation.memory).toEqual({p10: 0.9 * peakBytes, p50: peakBytes, p90: 1.2 * peakBytes});
  expect(memoryBand({peakBytes}, {memoryResidual: {p10: 1.1, p90: 0.8}})).toEqual({
    p10: peakBytes,
    p50: peakBytes,
    p90: peakBytes,
  });
  const enough = (1.1 * peakBytes + outsideAllocatorBytes) / software.memory.usable;
  const tight = await simulate({evidence: 'machine', measuredRange: wide, memoryResidual: residual}, enough);
  expect(tight.simulation.warnings).toEqual([
    expect.stringMatching(/^may run out of memory: one run in ten takes more than/),
  ]);
  expect(tight.simulation.missed).toEqual([]);
});

test('the band of a step is that of its stack where it lies inside what was measured', async () => {
  const {simulation} = await simulate({
    evidence: 'machine',
    measuredRange: wide,
    stepResidual: {p10: 0.9, p90: 1.3},
  });
  const {estimate} = simulation;
  expect(stepBand(estimate, simulation.plan.cluster.software).p90).toBeCloseTo(1.3 * estimate.seconds, 9);
});
