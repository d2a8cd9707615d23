import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {layoutProblems} from '../../src/layout/constraints.js';
import {serialLayout} from '../../src/layout/fields.js';
import type {Layout} from '../../src/layout/layout.js';
import type {RuleSubject} from '../../src/layout/rule.js';
import {layersOfStages} from '../../src/layout/stages.js';
import {gpt3, mixtral} from '../model/shapes.js';
import {handCluster} from '../pipeline/hand-machine.js';

const context: RuleSubject = {
  model: gpt3,
  training: {
    tokens: 300e9,
    sequenceLength: 2048,
    globalBatch: 640,
    precision: 'fp16',
    optimizer: 'adam',
    attentionKernel: null,
    gradientBytes: null,
    expertImbalance: 1,
  },
  cluster: handCluster(1024),
};

const layout: Layout = {
  ...serialLayout,
  tensor: 4,
  pipeline: 16,
  data: 16,
  context: 1,
  expert: 1,
  expertTensor: 4,
  sequenceParallel: true,
  sharding: 'optimizer',
  shardingGroup: 'all',
  microBatch: 1,
  schedule: '1f1b',
  virtualStages: 1,
  recompute: 'full',
  offload: 'none',
};

test('the published layout of GPT-3 175B on Frontier holds every invariant', () => {
  expect(layoutProblems(layout, context)).toEqual([]);
});

describe('a broken invariant names the field, the equation with its values, and what to do', () => {
  test.each<[string, Partial<Layout>, string, string]>([
    [
      'world size',
      {data: 15},
      'layout',
      'tensor 4 x pipeline 16 x data 15 = 960, but the cluster has 1024 devices',
    ],
    ['heads', {tensor: 64, data: 1}, 'layout.tensor', '64 does not divide 96 attention heads'],
    [
      'batch',
      {microBatch: 3},
      'layout.micro_batch',
      'data 16 x micro_batch 3 = 48 does not divide a global batch of 640 sequences',
    ],
    ['layers', {pipeline: 128, tensor: 8, data: 1}, 'layout.pipeline', '128 stages, but GPT has 96 layers'],
    [
      'schedule',
      {virtualStages: 2},
      'layout.virtual_stages',
      '2 virtual stages need schedule: interleaved, but the schedule is 1f1b',
    ],
    ['experts', {expert: 8}, 'layout.expert', 'expert 8, but GPT has no experts'],
    [
      'sharding group',
      {shardingGroup: 5},
      'layout.sharding_group',
      'a sharding group of 5 does not divide data 16 x context 1 = 16',
    ],
  ])('%s', (_name, change, path, message) => {
    const problems = layoutProblems({...layout, ...change}, context);
    expect(problems).toContainEqual(expect.objectContaining({path, message}));
    for (const problem of problems) expect(problem.hint).not.toBe('');
  });

  test('experts that do not divide', () => {
    const problems = layoutProblems({...layout, expert: 3}, {...context, model: mixtral});
    expect(problems.map(({message}) => message)).toContain('3 does not divide 8 experts');
  });
});

test('the data degree that would fit is named', () => {
  const [problem] = layoutProblems({...layout, data: 15}, context);
  expect(problem?.hint).toBe('set layout.data to 16');
});

describe('layers of stages', () => {
  test('Llama 3 405B leaves a layer out at both ends: 126 layers in 16 stages', () => {
    expect(layersOfStages(126, 16)).toEqual([7, ...Array(14).fill(8), 7]);
  });

  test('every layer lies in one stage, and stages differ by one layer at most', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 200}), fc.integer({min: 1, max: 64}), (layers, stages) => {
        fc.pre(stages <= layers);
        const counts = layersOfStages(layers, stages);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(layers);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(counts.at(-1)).toBe(Math.min(...counts));
      }),
    );
  });
});
