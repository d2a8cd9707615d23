import {describe, expect, test} from 'vitest';
import {recomputedParts} from '../../src/cost/workload/recomputed-parts.js';
import type {RecomputeModule} from '../../src/layout/layout.js';
import {layerOperators} from '../../src/model/layer-operators.js';
import type {RecomputedPart} from '../../src/model/saved-activation.js';
import {savedBytesPerToken} from '../../src/model/saved-activation.js';
import {partOf, repeatedShare, selectiveParts} from '../../src/model/selective-recompute.js';
import type {Transformer} from '../../src/model/transformer.js';
import {deepSeek, gpt3, storedIn16} from './shapes.js';

const full = {experts: false, attention: 'full'} as const;

test('grouped attention remakes the attention core alone', () => {
  expect(selectiveParts(gpt3, 'attention')).toEqual(['attention-core']);
});

test('latent attention remakes norms, up-projections and activations too, and keeps less for it', () => {
  expect(selectiveParts(deepSeek, 'attention')).toContain('up-projection');
  const buffers = layerOperators(deepSeek, full).flatMap(operator => operator.saved);
  const kept = (recomputed: ReturnType<typeof selectiveParts>) =>
    savedBytesPerToken(buffers, {
      sequenceLength: 4096,
      scores: 'on-chip',
      fused: {norm: true, activation: true},
      tensor: 1,
      expertTensor: 1,
      sequenceParallel: false,
      stored: storedIn16,
      recomputed,
    });
  expect(kept(selectiveParts(deepSeek, 'attention'))).toBeLessThan(0.7 * kept(['attention-core']));
});

test('every part that is remade belongs to an operator that can be run again', () => {
  const parts = new Set(layerOperators(deepSeek, full).map(operator => partOf(operator)?.part));
  for (const part of selectiveParts(deepSeek, 'attention')) expect(parts).toContain(part);
});

/** Bytes a token that a layer of `model` keeps where `recomputed` runs again. */
function keptBytes(model: Transformer, experts: boolean, recomputed: readonly RecomputedPart[]): number {
  const buffers = layerOperators(model, {experts, attention: 'full'}).flatMap(operator => operator.saved);
  return savedBytesPerToken(buffers, {
    sequenceLength: 4096,
    scores: 'on-chip',
    fused: {norm: true, activation: true},
    tensor: 1,
    expertTensor: 1,
    sequenceParallel: false,
    stored: storedIn16,
    recomputed,
  });
}

describe('bytes a token that modules give back, counted by hand', () => {
  const {hiddenSize: h, mlp} = deepSeek;
  const {topK, expertHiddenSize, sharedHiddenSize, numExperts} = deepSeek.experts ?? never();
  const given = (experts: boolean, ...modules: readonly RecomputeModule[]) =>
    keptBytes(deepSeek, experts, []) -
    keptBytes(deepSeek, experts, recomputedParts(deepSeek, 'attention', {recompute: {modules}, expert: 8}));

  test('mlp: gate, up and the activation of a dense block', () => {
    expect(given(false, 'mlp')).toBe(2 * 3 * mlp.hiddenSize);
    expect(given(true, 'mlp')).toBe(0);
  });

  test('moe: scores, dispatched tokens, gate, up and activation of each expert, and the shared block', () => {
    const routed = 2 * topK * (h + 3 * expertHiddenSize);
    expect(given(true, 'moe')).toBe(4 * numExperts + routed + 2 * 3 * sharedHiddenSize);
    expect(given(false, 'moe')).toBe(0);
  });

  test('shared_experts: gate, up and activation of the shared block', () => {
    expect(given(true, 'shared_experts')).toBe(2 * 3 * sharedHiddenSize);
  });

  test('moe_act: the activation of each expert alone', () => {
    expect(given(true, 'moe_act')).toBe(2 * topK * expertHiddenSize);
    expect(given(false, 'moe_act')).toBe(0);
  });

  test('modules add up', () => {
    expect(given(true, 'moe_act', 'layernorm', 'mla_up_proj')).toBe(
      given(true, 'moe_act') + given(true, 'layernorm') + given(true, 'mla_up_proj'),
    );
  });
});

test('a policy over operators keeps nothing of grouped products, but what all-to-alls bring', () => {
  const {hiddenSize: h} = deepSeek;
  const {topK} = deepSeek.experts ?? never();
  const parts = (expert: number) => recomputedParts(deepSeek, 'alternate-products', {expert});
  const experts = layerOperators(deepSeek, {experts: true, attention: 'full'}).find(
    ({kind}) => kind === 'experts',
  );
  if (experts === undefined) throw new Error('a mixture has experts');
  expect(repeatedShare(experts, parts(1))).toBe(1);
  expect(keptBytes(deepSeek, true, parts(8)) - keptBytes(deepSeek, true, parts(1))).toBe(2 * topK * 2 * h);
});

function never(): never {
  throw new Error('a mixture has experts');
}
