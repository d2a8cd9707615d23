import {expect, test} from 'vitest';
import {layerOperators} from '../../src/model/layer-operators.js';
import {savedBytesPerToken} from '../../src/model/saved-activation.js';
import {partOf, selectiveParts} from '../../src/model/selective-recompute.js';
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
