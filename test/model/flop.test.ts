import {describe, expect, test} from 'vitest';
import {forwardParts, hardwareFlopPerToken, modelFlopPerToken} from '../../src/model/flop.js';
import {countParameters} from '../../src/model/parameters.js';
import {deepSeek, gpt, gpt3, llama, mixtral} from './shapes.js';

const s = 2048;
const shapes = [
  {layers: 24, hidden: 2304, heads: 24, vocabulary: 51200},
  {layers: 48, hidden: 6144, heads: 64, vocabulary: 51200},
  {layers: 96, hidden: 12288, heads: 96, vocabulary: 51200},
  {layers: 128, hidden: 25600, heads: 160, vocabulary: 51200},
];

describe.each(shapes)(
  'GPT of $layers layers and hidden size $hidden',
  ({layers: L, hidden: h, vocabulary: V, heads}) => {
    const model = gpt({layers: L, hidden: h, heads, vocabulary: V});

    test('72 B s L h^2 (1 + s / 6h + V / 12Lh) without recomputation', () => {
      // Multiplied out, so that all terms are integers.
      expect(modelFlopPerToken(model, s, 'full')).toBe(72 * L * h * h + 12 * L * h * s + 6 * h * V);
    });

    test('96 B s L h^2 (1 + s / 6h + V / 16Lh) with full recomputation', () => {
      expect(hardwareFlopPerToken(model, s, 'full', 'full')).toBe(
        96 * L * h * h + 16 * L * h * s + 6 * h * V,
      );
    });

    test('selective recomputation repeats 4 s h FLOP a layer', () => {
      const extra = hardwareFlopPerToken(model, s, 'selective', 'full') - modelFlopPerToken(model, s, 'full');
      expect(extra).toBe(4 * L * s * h);
    });

    test('the causal count takes (s - 1) / 2s of attention away', () => {
      const difference = modelFlopPerToken(model, s, 'full') - modelFlopPerToken(model, s, 'causal');
      expect(difference).toBe(6 * L * h * (s - 1));
    });
  },
);

test('attention cores are 2.7 % of a forward pass of GPT-3, 1.6 % at 530B', () => {
  const share = (model: typeof gpt3) => {
    const {layers, attentionCores, head} = forwardParts(model, s, 'full');
    return ((100 * attentionCores) / (layers + head)).toFixed(1);
  };
  // Korthikanti et al. 2022 (arXiv 2205.05198) sec. 5.
  expect(share(gpt3)).toBe('2.7');
  expect(share(gpt({layers: 105, hidden: 20480, heads: 128, vocabulary: 51200}))).toBe('1.6');
});

test('recomputing some layers lies between none and all', () => {
  const of = (layers: number) => hardwareFlopPerToken(gpt3, s, {layers}, 'full');
  expect(of(0)).toBe(hardwareFlopPerToken(gpt3, s, 'none', 'full'));
  expect(of(96)).toBe(hardwareFlopPerToken(gpt3, s, 'full', 'full'));
  expect(of(48)).toBe((of(0) + of(96)) / 2);
});

test('a dense model needs 6 FLOP for each weight that multiplies, and attention', () => {
  const {total, parts} = countParameters(llama);
  const multiplying = total - parts.embedding - parts.norms - parts.outerNorms;
  expect(modelFlopPerToken(llama, s, 'full')).toBe(6 * multiplying + 12 * 32 * 4096 * s);
});

test('of a mixture of experts only the active weights multiply', () => {
  const {active, parts} = countParameters(mixtral);
  const multiplying = active - parts.embedding - parts.norms - parts.outerNorms;
  expect(modelFlopPerToken(mixtral, s, 'full')).toBe(6 * multiplying + 12 * 32 * 4096 * s);
});

test('multi-token prediction adds a layer, a projection and the head once more', () => {
  const without = modelFlopPerToken({...deepSeek, multiTokenPrediction: 0}, s, 'full');
  const extra = modelFlopPerToken(deepSeek, s, 'full') - without;
  const perLayer = without / 62;
  expect(extra).toBeGreaterThan(perLayer);
  expect(extra).toBeLessThan(3 * perLayer);
});
