import {expect, test} from 'vitest';
import {completeLayout} from '../../../src/frameworks/complete-layout.js';
import type {Layout} from '../../../src/layout/layout.js';
import {estimateStep} from '../../../src/pipeline/estimate.js';
import {formatWhyLost} from '../../../src/report/words/why-lost.js';
import {type EvaluatedPlan, evaluatePlan} from '../../../src/search/variants/evaluated-plan.js';
import {whyLost} from '../../../src/search/variants/why-lost.js';
import {readSpace} from './problems.js';

async function outcome(layout: string, rest = ''): Promise<EvaluatedPlan> {
  const space = await readSpace(`walltime: 1
model: megatron-22b
cluster: {hardware: selene-a100-80gb, nodes: 8, software: megatron-lm-2021}
training: {tokens: 1e9, sequence_length: 2048, global_batch: 128, precision: bf16}
layout: ${layout}
${rest}`);
  const [variant] = space.variants;
  if (variant === undefined) throw new Error('the plan has a design');
  const complete = completeLayout(variant.plan) as Layout;
  const estimate = estimateStep({...variant.plan, layout: complete});
  return evaluatePlan(variant, {layout: complete, estimate}, {risk: 'p50'});
}

test('a tensor group that leaves the node is told with the growth of its communication', async () => {
  const winner = await outcome('{tensor: 4, pipeline: 1, micro_batch: 1}');
  const loser = await outcome('{tensor: 16, pipeline: 1, micro_batch: 1}');
  const lost = whyLost(winner, loser);
  const own = winner.candidate.estimate.parts.tensorCommunication;
  const extra = loser.candidate.estimate.parts.tensorCommunication - own;
  expect(lost.part).toMatchObject({
    name: 'tensorCommunication',
    extraSeconds: extra,
    growth: extra / own,
    cause: {kind: 'leaves-node', group: 'tensor', ranks: 16, nodeDevices: 8},
  });
  expect(formatWhyLost({...loser, lost})).toMatch(
    /^tensor 16 leaves the node of 8: tensor communication \+.* s \(\+\d+ %\)$/,
  );
});

test('a pipeline with few micro-batches is told by its bubble', async () => {
  const winner = await outcome('{tensor: 8, pipeline: 1, micro_batch: 1}');
  const loser = await outcome('{tensor: 8, pipeline: 8, micro_batch: 8}');
  const lost = whyLost(winner, loser);
  expect(lost.part?.cause).toEqual({
    kind: 'few-microbatches',
    microbatches: 16,
    pipeline: 8,
    virtualStages: 1,
  });
  expect(formatWhyLost({...loser, lost})).toMatch(
    /^16 micro-batches fill a pipeline of 8: pipeline bubble \+.*the best has none/,
  );
});

test('recomputation, and a limit that is missed, are told', async () => {
  const goal = 'goal: {deadline: 5 hours}\nreliability: none\n';
  const winner = await outcome('{tensor: 8, pipeline: 1, micro_batch: 1}', goal);
  const loser = await outcome('{tensor: 8, pipeline: 1, micro_batch: 1, recompute: full}', goal);
  const between = (winner.figures.seconds + loser.figures.seconds) / 2;
  const tight = (one: EvaluatedPlan): EvaluatedPlan => ({
    ...one,
    variant: {
      ...one.variant,
      plan: {...one.variant.plan, goal: {...one.variant.plan.goal, deadline: between as never}},
    },
  });
  const lost = whyLost(tight(winner), tight(loser));
  expect(lost).toMatchObject({misses: ['deadline'], part: {name: 'recompute', growth: Infinity}});
  expect(formatWhyLost({...loser, lost})).toMatch(
    /^misses the deadline; recompute, which saves memory: recompute \+/,
  );
});

test('what is as good loses by nothing', async () => {
  const winner = await outcome('{tensor: 8, pipeline: 1, micro_batch: 1}');
  expect(whyLost(winner, winner)).toMatchObject({slower: 0, misses: [], part: null, devices: 1});
});
