import {expect, test} from 'vitest';
import {serialLayout} from '../../src/layout/fields.js';
import type {Layout} from '../../src/layout/layout.js';
import {hardwareFlopPerToken} from '../../src/model/flop.js';
import {estimateStep, type StepEstimate} from '../../src/pipeline/estimate.js';
import {readModel} from '../../src/plan-file/library/library.js';
import {clusterOf} from './predict.js';

// Dash et al. 2023, arXiv 2312.12705: throughputs as percent of 191.5 TFLOP/s a GCD, recomputation counted.
const peak = 191.5e12;
const sequenceLength = 2048;

interface Run {
  readonly model: string;
  readonly devices: number;
  readonly globalBatch: number;
  readonly tensor: number;
  readonly pipeline: number;
  readonly microBatch?: number;
  readonly flash?: boolean;
}

async function simulate(run: Run): Promise<{estimate: StepEstimate; utilization: number}> {
  const read = await readModel(run.model);
  if ('problems' in read) throw new Error(`no model ${run.model}`);
  const {model} = read.profile;
  const cluster = await clusterOf('frontier-mi250x', run.devices, 'megatron-deepspeed');
  const layout: Layout = {
    ...serialLayout,
    tensor: run.tensor,
    pipeline: run.pipeline,
    data: run.devices / (run.tensor * run.pipeline),
    context: 1,
    expert: 1,
    expertTensor: run.tensor,
    sequenceParallel: false,
    sharding: 'optimizer',
    shardingGroup: 'all',
    microBatch: run.microBatch ?? 1,
    schedule: '1f1b',
    virtualStages: 1,
    recompute: 'full',
    offload: 'none',
  };
  const training = {
    tokens: 1e9,
    sequenceLength,
    globalBatch: run.globalBatch,
    precision: 'fp16',
    optimizer: 'adam',
    attentionKernel: run.flash === false ? 'fused-softmax' : null,
    gradientBytes: null,
    expertImbalance: 1,
  } as const;
  const estimate = estimateStep({model, cluster, training, layout});
  const flop = hardwareFlopPerToken(model, sequenceLength, 'full', 'full') * run.globalBatch * sequenceLength;
  return {estimate, utilization: flop / estimate.seconds / run.devices / peak};
}

const gpt175 = {model: 'gpt3-175b', tensor: 4, pipeline: 16} as const;
const gpt1t = {model: 'frontier-1t', tensor: 8, pipeline: 64} as const;

test.each([
  // The layout of the 22B run is not stated: two GCDs of a package, and 16 micro-batches through 4 stages.
  ['22B', {model: 'frontier-22b', devices: 64, globalBatch: 128, tensor: 2, pipeline: 4}, 0.3838],
  // A batch of 1,600 does not divide by 6 replicas: 267 micro-batches for each.
  ['1T', {...gpt1t, devices: 3072, globalBatch: 1602}, 0.3196],
])('%s reaches the published share of peak within 8 %%', async (_name, run, published) => {
  const {utilization} = await simulate(run);
  expect(Math.abs(utilization / published - 1)).toBeLessThan(0.08);
});

// 8.7 % too slow since links and kernels have their measured forms; the cause is open. It turns red when it is found.
test.fails('175B reaches the published share of peak within 8 %', async () => {
  const {utilization} = await simulate({...gpt175, devices: 1024, globalBatch: 640});
  expect(Math.abs(utilization / 0.3614 - 1)).toBeLessThan(0.08);
});

test.each([
  ['175B to 1,024 GCDs', gpt175, [64, 256, 1024], 40],
  ['1T to 3,072 GCDs', gpt1t, [512, 1536, 3072], 267],
])('weak scaling of %s keeps 95 %%', async (_name, run, sizes, perReplica) => {
  const results = await Promise.all(
    sizes.map(devices =>
      simulate({...run, devices, globalBatch: (devices / (run.tensor * run.pipeline)) * perReplica}),
    ),
  );
  const first = results[0]?.utilization ?? Number.NaN;
  expect(first).toBeGreaterThan(0);
  for (const {utilization} of results) expect(utilization / first).toBeGreaterThan(0.95);
});

// Micro-batch and smallest run of the published strong scaling are not stated; one replica with the
// micro-batch of the paper's search (4 for 175B), and the largest that fits at full scale (2 for 1T).
test.each([
  ['175B', {...gpt175, microBatch: 4, globalBatch: 8000}, 64, 1024, 0.89],
  ['1T', {...gpt1t, microBatch: 2, globalBatch: 8016}, 512, 3072, 0.87],
])(
  'strong scaling of %s is within 6 points of the published one',
  async (_name, run, from, to, published) => {
    const base = await simulate({...run, devices: from});
    const scaled = await simulate({...run, devices: to});
    expect(Math.abs(scaled.utilization / base.utilization - published)).toBeLessThan(0.06);
  },
);

test('throughput falls with tensor degree, and sharply once it leaves the node', async () => {
  const degrees = [1, 2, 4, 8, 16] as const;
  const results = await Promise.all(
    degrees.map(tensor =>
      simulate({model: 'frontier-22b', devices: 64, globalBatch: 512, tensor, pipeline: 1}),
    ),
  );
  const utilizations = results.map(({utilization}) => utilization);
  for (let i = 1; i < utilizations.length; i += 1) {
    expect(utilizations[i]).toBeLessThan(utilizations[i - 1] as number);
  }
  expect((utilizations[4] as number) / (utilizations[3] as number)).toBeLessThan(0.7);
});

test('more micro-batches raise throughput', async () => {
  const few = await simulate({...gpt175, devices: 1024, globalBatch: 320});
  const many = await simulate({...gpt175, devices: 1024, globalBatch: 2560});
  expect(many.utilization).toBeGreaterThan(1.2 * few.utilization);
});

test('more stages at a fixed batch lower throughput', async () => {
  const run = {model: 'frontier-22b', devices: 128, globalBatch: 256, tensor: 2} as const;
  const [four, eight, sixteen] = await Promise.all([4, 8, 16].map(pipeline => simulate({...run, pipeline})));
  expect(eight?.utilization).toBeLessThan(four?.utilization ?? 0);
  expect(sixteen?.utilization).toBeLessThan(eight?.utilization ?? 0);
});

test('at a fixed ratio of micro-batches to stages throughput stays flat', async () => {
  const ratio = 4;
  const results = await Promise.all(
    [4, 8, 16].map(pipeline =>
      simulate({
        model: 'gpt3-175b',
        devices: 512,
        tensor: 8,
        pipeline,
        globalBatch: ratio * pipeline * (512 / (8 * pipeline)),
      }),
    ),
  );
  const utilizations = results.map(({utilization}) => utilization);
  expect(Math.max(...utilizations) / Math.min(...utilizations)).toBeLessThan(1.08);
});

test('flash attention gains over fused softmax, most on small models, up to about 30 %', async () => {
  const gains = await Promise.all(
    [
      gpt175,
      {model: 'frontier-22b', tensor: 2, pipeline: 4},
      {model: 'megatron-1.7b', tensor: 1, pipeline: 1},
    ].map(async run => {
      const base = {...run, devices: 1024, globalBatch: 2048};
      const flash = await simulate(base);
      const plain = await simulate({...base, flash: false});
      return plain.estimate.seconds / flash.estimate.seconds - 1;
    }),
  );
  const [large = 0, middle = 0, small = 0] = gains;
  expect(large).toBeGreaterThan(0.02);
  expect(middle).toBeGreaterThan(large);
  expect(small).toBeGreaterThan(0.15);
  expect(small).toBeLessThan(0.35);
});
