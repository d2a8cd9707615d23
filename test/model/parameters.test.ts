import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {layerKinds} from '../../src/model/layer-kinds.js';
import {parametersOfLayer, sumShards} from '../../src/model/layer-parameters.js';
import {countParameters, parametersOfPredictionModule} from '../../src/model/parameters.js';
import type {Transformer} from '../../src/model/transformer.js';
import {deepSeek, denseLayer, expertLayer, gpt, gpt3, llama, mixtral} from './shapes.js';

const models = {gpt3, llama, mixtral, deepSeek};

describe.each(Object.entries(models))('%s', (_, model) => {
  test('parts add up to the total', () => {
    const {parts, total} = countParameters(model);
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
  });

  test('parts of a layer and its shards add up to its total', () => {
    const kinds = model.experts === null ? [denseLayer] : [denseLayer, expertLayer];
    for (const kind of kinds) {
      const layer = parametersOfLayer(model, kind);
      const parts = layer.attention + layer.feedForward + layer.experts + layer.router + layer.norms;
      expect(parts).toBe(layer.total);
      expect(sumShards(layer.sharded)).toBe(layer.total);
    }
  });
});

test('a GPT has 12 L h^2 (1 + 13 / 12h) + (V + s) h + 2h parameters', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 128}),
      fc.integer({min: 1, max: 32}),
      fc.integer({min: 1, max: 1e5}),
      (L, heads, V) => {
        const h = 64 * heads;
        const {total, active} = countParameters(gpt({layers: L, hidden: h, heads, vocabulary: V}));
        expect(total).toBe(12 * L * h * h + 13 * L * h + (V + 2048) * h + 2 * h);
        expect(active).toBe(total);
      },
    ),
  );
});

test('tensor parallelism leaves norms and the biases of row-parallel projections whole', () => {
  const {sharded} = parametersOfLayer(gpt3, denseLayer);
  const h = 12288;
  expect(sharded).toEqual({tensor: 12 * h * h + 7 * h, expert: 0, replicated: 6 * h});
});

test('Mixtral 8x7B has 46.7 B parameters, of which a token meets 12.9 B', () => {
  const {total, active} = countParameters(mixtral);
  expect(total).toBe(46_702_792_704);
  expect((active / 1e9).toFixed(1)).toBe('12.9');
});

test('an untied head is as large as the embedding, a tied one is free', () => {
  const tied = countParameters({...llama, tiedEmbeddings: true});
  const untied = countParameters(llama);
  expect(untied.total - tied.total).toBe(128256 * 4096);
  expect(tied.parts.head).toBe(0);
});

test('the prediction module of DeepSeek-V3 adds 11.6 B parameters besides shared embedding and head', () => {
  const module = sumShards(parametersOfPredictionModule(deepSeek));
  expect(countParameters(deepSeek).parts.multiTokenPrediction).toBe(module);
  expect((module / 1e9).toFixed(1)).toBe('11.6');
});

describe('kinds of layer', () => {
  const experts = (model: Transformer) => layerKinds(model).map(kind => kind.experts);
  const attention = (model: Transformer) => layerKinds(model).map(kind => kind.attention);

  test('dense layers come first', () => {
    expect(experts(deepSeek).slice(0, 5)).toEqual([false, false, false, true, true]);
  });

  test('every second layer holds experts, the second first (Llama 4 Maverick)', () => {
    if (mixtral.experts === null) throw new Error('expected experts');
    const maverick = {...mixtral, experts: {...mixtral.experts, everyLayers: 2}};
    expect(experts(maverick).slice(0, 4)).toEqual([false, true, false, true]);
  });

  test('five local layers, then a full one (Gemma 3)', () => {
    const span = {kind: 'window', tokens: 1024, fullEveryLayers: 6} as const;
    const gemma: Transformer = {...llama, attention: {...llama.attention, span}};
    expect(attention(gemma).slice(0, 7)).toEqual([
      'local',
      'local',
      'local',
      'local',
      'local',
      'full',
      'local',
    ]);
  });

  test('a window without full layers is in every layer (Mistral 7B)', () => {
    const span = {kind: 'window', tokens: 4096, fullEveryLayers: 0} as const;
    expect(new Set(attention({...llama, attention: {...llama.attention, span}}))).toEqual(new Set(['local']));
  });
});

test('small parts are counted where a model has them', () => {
  const h = 4096;
  const added = (model: Transformer) => countParameters(model).total - countParameters(llama).total;
  const {attention, mlp} = llama;
  if (attention.kind !== 'grouped') throw new Error('Llama has grouped heads');
  expect(added({...llama, headBias: true})).toBe(128256);
  expect(added({...llama, attention: {...attention, sinks: true}})).toBe(32 * 32);
  expect(added({...llama, mlp: {...mlp, activationParameters: 2}})).toBe(32 * 2);
  expect(added({...llama, norm: {...llama.norm, perLayer: 3}})).toBe(32 * h);
  const shared = {...mixtral, experts: {...expertsOf(mixtral), sharedHiddenSize: 1024}};
  const gated = {
    ...mixtral,
    experts: {...expertsOf(mixtral), sharedHiddenSize: 1024, sharedGate: true as const},
  };
  expect(countParameters(gated).total - countParameters(shared).total).toBe(32 * h);
});

function expertsOf({experts}: Transformer) {
  if (experts === null) throw new Error('a mixture has experts');
  return experts;
}
