import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Cluster} from '../../src/cluster/cluster.js';
import type {HardwareProfile} from '../../src/cluster/hardware-profile.js';
import {makeCluster} from '../../src/cluster/make-cluster.js';
import type {SoftwareStack} from '../../src/frameworks/stack.js';
import {serialLayout} from '../../src/layout/fields.js';
import type {Layout} from '../../src/layout/layout.js';
import type {Transformer} from '../../src/model/transformer.js';
import {estimateStep} from '../../src/pipeline/estimate.js';
import type {Training} from '../../src/plan/training.js';
import {readHardware, readModel} from '../../src/plan-file/library/library.js';

const h100 = await profileOf('h100-sxm');
const gb200 = await profileOf('gb200-nvl72');
const qwen = await modelOf('qwen3-30b-a3b');
const llama = await modelOf('llama-3-8b');
const gptOss = await modelOf('gpt-oss-120b');

describe('kernels over the tokens of experts', () => {
  test('a stack that moves tokens faster takes less time for experts, and as long for dense layers', () => {
    const share = fc.double({min: 0.15, max: 1, noNaN: true});
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [slow, fast] = [Math.min(a, b), Math.max(a, b)];
        const at = (model: Transformer, expertScale: number) =>
          computeSeconds(model, machine(h100, 8, {expertScale}), layoutOf({expert: model === qwen ? 8 : 1}));
        expect(at(qwen, fast)).toBeLessThanOrEqual(at(qwen, slow));
        expect(at(llama, fast)).toBe(at(llama, slow));
      }),
      {numRuns: 20},
    );
  });

  test('experts on several ranks sort what arrives once more', () => {
    const cluster = machine(h100, 8);
    const alone = computeSeconds(thin(qwen), cluster, layoutOf({expert: 1, microBatch: 16}));
    const exchanged = computeSeconds(thin(qwen), cluster, layoutOf({expert: 8, microBatch: 16}));
    expect(exchanged).toBeGreaterThan(alone);
  });

  test('biases of experts cost kernels of their own', () => {
    const cluster = machine(h100, 8);
    const plain = {
      ...gptOss,
      experts: {...(gptOss.experts as NonNullable<typeof gptOss.experts>), expertBias: false},
    };
    const layout = layoutOf({expert: 8});
    expect(computeSeconds(thin(gptOss), cluster, layout)).toBeGreaterThan(
      computeSeconds(thin(plain), cluster, layout),
    );
  });
});

describe('tokens on their way to experts', () => {
  test('one copy for each node takes no longer than one for each expert', () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 4, 8, 16, 32, 64), fc.constantFrom(1, 2, 4, 8), (expert, topK) => {
        const model = {...thin(qwen), experts: {...(qwen.experts as NonNullable<typeof qwen.experts>), topK}};
        const sent = (expertDispatch: SoftwareStack['expertDispatch']) =>
          expertSeconds(model, machine(h100, 64, {expertDispatch}), layoutOf({expert, data: 64}));
        expect(sent('per-node')).toBeLessThanOrEqual(sent('per-expert') * (1 + 1e-12));
        if (topK === 1) expect(sent('per-node')).toBeCloseTo(sent('per-expert'), 12);
      }),
    );
  });

  test('tokens that choose among fewer groups, or travel in 8 bits, take no longer', () => {
    fc.assert(
      fc.property(fc.constantFrom(8, 16, 32, 64), fc.integer({min: 1, max: 8}), (expert, chosen) => {
        const experts = qwen.experts as NonNullable<typeof qwen.experts>;
        const limited = {...thin(qwen), experts: {...experts, groups: {count: 8, chosen}}};
        const sent = (model: Transformer, facts: Partial<SoftwareStack> = {}) =>
          expertSeconds(
            model,
            machine(h100, 64, {expertDispatch: 'per-node', ...facts}),
            layoutOf({expert, data: 64}),
          );
        const free = sent(thin(qwen));
        expect(sent(limited)).toBeLessThanOrEqual(free * (1 + 1e-12));
        if (chosen === 8) expect(sent(limited)).toBeCloseTo(free, 12);
        expect(sent(limited, {expertDispatchBytes: 1})).toBeLessThan(sent(limited));
      }),
    );
  });

  test('links of a rack that are as fast as those of a node are reached as well as those', () => {
    const links = (node: number, fabric: number) =>
      machine(gb200, 144, {linkScale: {node, fabric}}).topology.map(({name, bandwidth}) => [name, bandwidth]);
    const [tray, rack, fabric] = links(1, 1);
    expect(links(0.5, 1)).toEqual([half(tray), half(rack), fabric]);
    expect(links(1, 0.5)).toEqual([tray, rack, half(fabric)]);
  });
});

function half(level: readonly (string | number)[] | undefined) {
  return [level?.[0], Number(level?.[1]) / 2];
}

/** Two layers, so that the test is quick. */
function thin(model: Transformer): Transformer {
  return {...model, numLayers: 2};
}

function machine(profile: HardwareProfile, numDevices: number, facts: Partial<SoftwareStack> = {}): Cluster {
  const stack = profile.software.generic?.stack;
  if (stack === undefined) throw new Error(`${profile.name} knows no generic stack`);
  return makeCluster(
    profile,
    {...stack, kernelLaunch: 0 as SoftwareStack['kernelLaunch'], ...facts},
    numDevices,
  );
}

function layoutOf(degrees: Partial<Layout>): Layout {
  return {
    ...serialLayout,
    tensor: 1,
    pipeline: 1,
    data: 8,
    context: 1,
    expert: 1,
    expertTensor: 1,
    sequenceParallel: false,
    sharding: 'optimizer',
    shardingGroup: 'all',
    microBatch: 1,
    schedule: '1f1b',
    virtualStages: 1,
    recompute: 'none',
    offload: 'none',
    ...degrees,
  };
}

function partsOf(model: Transformer, cluster: Cluster, layout: Layout) {
  const training: Training = {
    tokens: 1e9,
    sequenceLength: 4096,
    globalBatch: layout.data * layout.microBatch,
    precision: 'bf16',
    optimizer: 'adam',
    attentionKernel: null,
    gradientBytes: null,
    expertImbalance: 1,
  };
  return estimateStep({model, cluster, training, layout}).parts;
}

function computeSeconds(model: Transformer, cluster: Cluster, layout: Layout): number {
  const {forward, backward} = partsOf(model, cluster, layout);
  return forward + backward;
}

function expertSeconds(model: Transformer, cluster: Cluster, layout: Layout): number {
  return partsOf(model, cluster, layout).expertCommunication;
}

async function profileOf(name: string): Promise<HardwareProfile> {
  const read = await readHardware(name);
  if ('problems' in read) throw new Error(read.problems.map(problem => problem.message).join('\n'));
  return read.profile;
}

async function modelOf(name: string): Promise<Transformer> {
  const read = await readModel(name);
  if ('problems' in read) throw new Error(read.problems.map(problem => problem.message).join('\n'));
  return read.profile.model;
}
