import {describe, expect, test} from 'vitest';
import {headOperators, layerOperators} from '../../src/model/layer-operators.js';
import {
  type AttentionCore,
  causalForwardFlop,
  forwardFlop,
  type Operator,
} from '../../src/model/operators.js';
import {type ActivationContext, savedBytesPerToken} from '../../src/model/saved-activation.js';
import type {LayerKind, Transformer} from '../../src/model/transformer.js';
import {deepSeek, denseLayer, expertLayer, gpt3, llama, mixtral, storedIn16} from './shapes.js';

const sequence = 2048;

/** Unfused attention on one device in 16 bits, nothing made anew. */
const plain: ActivationContext = {
  sequenceLength: sequence,
  scores: 'fused',
  fused: {norm: true, activation: true},
  tensor: 1,
  expertTensor: 1,
  sequenceParallel: false,
  stored: storedIn16,
  recomputed: [],
};

const bytesOf = (operators: readonly Operator[], context: Partial<ActivationContext> = {}) =>
  savedBytesPerToken(
    operators.flatMap(operator => operator.saved),
    {...plain, ...context},
  );

const layerBytes = (
  model: Transformer,
  context: Partial<ActivationContext> = {},
  kind: LayerKind = denseLayer,
) => bytesOf(layerOperators(model, kind), context);

describe('a GPT layer keeps what Korthikanti et al. 2022 (arXiv 2205.05198) Table 2 says', () => {
  const h = 12288;
  const scores = 5 * 96 * sequence;
  const t = 8;

  test('without parallelism s b h (34 + 5 a s / h)', () => {
    expect(layerBytes(gpt3)).toBe(34 * h + scores);
  });

  test('with tensor parallelism s b h (10 + 24 / t + 5 a s / (h t))', () => {
    expect(layerBytes(gpt3, {tensor: t})).toBe(10 * h + (24 * h + scores) / t);
  });

  test('with sequence parallelism too, s b h / t (34 + 5 a s / h)', () => {
    expect(layerBytes(gpt3, {tensor: t, sequenceParallel: true})).toBe((34 * h + scores) / t);
  });

  test('a softmax of separate kernels keeps its result in 32 bits too', () => {
    expect(layerBytes(gpt3, {scores: 'separate'}) - layerBytes(gpt3)).toBe(4 * 96 * sequence);
  });

  test('selective recomputation drops the square of scores', () => {
    const recomputed = ['attention-core'] as const;
    expect(layerBytes(gpt3, {recomputed})).toBe(34 * h);
    expect(layerBytes(gpt3, {recomputed, tensor: t, sequenceParallel: true})).toBe((34 * h) / t);
  });

  test('attention 11 s b h + 5 a s^2 b, feed-forward 19 s b h, norms 4 s b h', () => {
    const operators = layerOperators(gpt3, denseLayer);
    const norms = operators.filter(({kind}) => kind === 'norm');
    const [attention, feedForward] = [operators.slice(1, 5), operators.slice(6)];
    expect(bytesOf(attention)).toBe(11 * h + scores);
    expect(bytesOf(feedForward)).toBe(19 * h);
    expect(bytesOf(norms)).toBe(4 * h);
  });

  test('the last stage keeps final norm, head input and logits: s b h (4 + 4 V / h)', () => {
    expect(bytesOf(headOperators(gpt3))).toBe(4 * h + 4 * 51200);
  });

  test('without dropout the masks and the second square go', () => {
    expect(layerBytes({...gpt3, dropout: false})).toBe(32 * h + 2 * 96 * sequence);
  });

  test('flash attention keeps four bytes a head in place of the square', () => {
    expect(layerBytes(gpt3, {scores: 'on-chip'})).toBe(34 * h + 4 * 96);
    expect(layerBytes(gpt3, {scores: 'on-chip', tensor: t, sequenceParallel: true})).toBe(
      (34 * h + 4 * 96) / t,
    );
  });
});

const flash = {scores: 'on-chip'} as const;

describe('other families', () => {
  test('grouped keys and values are narrower, a gated block keeps gate, up and product', () => {
    const [h, keyValue, ffn] = [4096, 8 * 128, 14336];
    const norms = 2 * 2 * h;
    const attention = 2 * (h + h + 2 * keyValue + h) + 4 * 32;
    expect(layerBytes(llama, flash)).toBe(norms + attention + 2 * (h + 3 * ffn));
  });

  test('parallel blocks keep their common input once', () => {
    const parallel: Transformer = {...llama, norm: {...llama.norm, perLayer: 1}};
    expect(layerBytes(llama, flash) - layerBytes(parallel, flash)).toBe(2 * 2 * 4096);
  });

  test('each of the four norms of a sandwich keeps its input', () => {
    const sandwich: Transformer = {...llama, norm: {...llama.norm, perLayer: 4}};
    expect(layerBytes(sandwich, flash) - layerBytes(llama, flash)).toBe(2 * 2 * 4096);
  });

  test('a norm on queries and keys keeps them once more', () => {
    if (llama.attention.kind !== 'grouped') throw new Error('expected grouped attention');
    const normed: Transformer = {...llama, attention: {...llama.attention, queryKeyNorm: true}};
    expect(layerBytes(normed, flash) - layerBytes(llama, flash)).toBe(2 * (4096 + 1024));
  });

  test('experts keep a copy of each token for each expert it goes to', () => {
    const [h, ffn, topK] = [4096, 14336, 2];
    const dense = layerBytes(llama, flash) - 2 * 3 * ffn;
    const routed = layerBytes(mixtral, flash, expertLayer);
    expect(routed - dense).toBe(4 * 8 + topK * 2 * (h + 3 * ffn));
  });

  test('dispatched copies are spread over the tensor group unless experts are split over it', () => {
    const [h, ffn, topK, t] = [4096, 14336, 2, 4];
    const context = {...flash, tensor: t, sequenceParallel: true};
    const whole = layerBytes(mixtral, {...context, expertTensor: 1}, expertLayer);
    const split = layerBytes(mixtral, {...context, expertTensor: t}, expertLayer);
    expect(split - whole).toBe(topK * 2 * h * (1 - 1 / t));
    expect(whole * t).toBe(layerBytes(mixtral, flash, expertLayer));
    expect(ffn).toBeGreaterThan(h);
  });

  test('DeepSeek-V3 keeps latents when norms, upward projections and activations are made anew', () => {
    const [h, shared, routed, topK] = [7168, 2048, 2048, 8];
    const output = 128 * 128;
    const values = 2 * h + (1536 + 512) + output + 2 * shared + topK * (h + 2 * routed);
    const recomputed = ['norm', 'up-projection', 'activation'] as const;
    expect(layerBytes(deepSeek, {...flash, recomputed}, expertLayer)).toBe(2 * values + 4 * (128 + 256));
  });

  test('latent attention without recomputation keeps wide queries, keys and values', () => {
    const kept =
      layerBytes(deepSeek, flash) - layerBytes(deepSeek, {...flash, recomputed: ['up-projection']});
    expect(kept).toBe(2 * 128 * (192 + 192 + 128));
  });
});

describe('forward FLOP', () => {
  const core = (span: AttentionCore['span']): AttentionCore => ({
    kind: 'attention',
    numHeads: 2,
    numKeyValueHeads: 1,
    headSize: 8,
    valueHeadSize: 4,
    span,
    saved: [],
  });

  test('a token meets every key twice: for the score and for the value', () => {
    expect(forwardFlop(core(null), 100)).toBe(2 * 100 * 2 * (8 + 4));
  });

  test('the causal mask leaves (s + 1) / 2 keys to the average query', () => {
    expect(causalForwardFlop(core(null), 100)).toBe(2 * 50.5 * 2 * (8 + 4));
  });

  test('a window of 3 in a sequence of 5 leaves 1 + 2 + 3 + 3 + 3 pairs', () => {
    expect(causalForwardFlop(core({kind: 'window', tokens: 3}), 5) * 5).toBe(2 * 12 * 2 * (8 + 4));
  });

  test('chunks of 3 in a sequence of 5 leave 1 + 2 + 3 + 1 + 2 pairs', () => {
    expect(causalForwardFlop(core({kind: 'chunk', tokens: 3}), 5) * 5).toBeCloseTo(2 * 9 * 2 * (8 + 4), 9);
  });

  test('a window longer than the sequence changes nothing', () => {
    expect(forwardFlop(core({kind: 'window', tokens: 4096}), 100)).toBe(forwardFlop(core(null), 100));
  });
});

test('values that only products read again take the bits that the framework keeps them in', () => {
  const kept = (stored: ActivationContext['stored']) => layerBytes(llama, {scores: 'on-chip', stored});
  const narrow = {...storedIn16, 'product-input': 1};
  // Inputs of attention and of the feed-forward block, and of its last projection.
  const inputs = 2 * llama.hiddenSize + llama.mlp.hiddenSize;
  expect(kept(storedIn16) - kept(narrow)).toBe(inputs);
});
