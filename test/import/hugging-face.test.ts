import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {architectures} from '../../src/import/hugging-face/architectures.js';
import {importHuggingFace} from '../../src/import/hugging-face.js';
import {layerKinds} from '../../src/model/layer-kinds.js';
import {countParameters} from '../../src/model/parameters.js';
import type {Transformer} from '../../src/model/transformer.js';
import {isPrinted, isPrintedRoughly} from '../model/printed.js';
import {type PublishedConfig, publishedConfigs} from './configs.js';

function imported(config: unknown): Transformer {
  const result = importHuggingFace(config, 'a model');
  if (!('model' in result)) throw new Error(JSON.stringify(result.problems));
  return result.model;
}

function problems(config: unknown): string[] {
  const result = importHuggingFace(config, 'a model');
  if ('model' in result) throw new Error('expected problems');
  return result.problems.map(({path, message}) => `${path}: ${message}`);
}

const configOf = (repository: string) => {
  const found = publishedConfigs.find(published => published.repository === repository);
  if (found === undefined) throw new Error(`no config of ${repository}`);
  return found.config;
};

describe.each(publishedConfigs)('$repository', ({config, total, active}) => {
  test('has as many parameters as were published', () => {
    const count = countParameters(imported(config));
    expect(isPrinted(count.total - count.parts.multiTokenPrediction, total)).toBe(true);
  });

  test('has as many active parameters as were published', () => {
    if (active === undefined) return;
    const count = countParameters(imported(config));
    // Some publishers leave out the input embedding, which multiplies nothing.
    const counts = [count.active, count.active - count.parts.embedding];
    expect(counts.some(candidate => isPrintedRoughly(candidate, active))).toBe(true);
  });
});

test('every architecture is read from a published config', () => {
  const types = ({model_type, text_config}: PublishedConfig['config']) => [
    model_type,
    (text_config as {model_type?: unknown} | undefined)?.model_type,
  ];
  const read = new Set(publishedConfigs.flatMap(({config}) => types(config)));
  const untested = Object.keys(architectures).filter(type => !read.has(type));
  expect(untested).toEqual(['glm', 'glm4', 'nemotron', 'phi3_v', 'qwen3_vl_text']);
});

test('Llama 3 8B has 8,030,261,248 parameters', () => {
  const config = {
    model_type: 'llama',
    attention_bias: false,
    hidden_size: 4096,
    intermediate_size: 14336,
    num_attention_heads: 32,
    num_hidden_layers: 32,
    num_key_value_heads: 8,
    tie_word_embeddings: false,
    vocab_size: 128256,
  };
  expect(countParameters(imported(config)).total).toBe(8_030_261_248);
});

test('Gemma 3 is read from the text part of its file, with the vocabulary of its class', () => {
  const text = configOf('google/gemma-3-1b-pt');
  const {vocab_size: _, ...rest} = text;
  const model = imported({model_type: 'gemma3', text_config: rest, vision_config: {}});
  expect(model.vocabularySize).toBe(262208);
  expect(layerKinds(model).filter(kind => kind.attention === 'full')).toHaveLength(4);
});

test('gpt-oss sees the whole sequence in every second layer', () => {
  const model = imported(configOf('openai/gpt-oss-120b'));
  expect(model.attention.span).toEqual({kind: 'window', tokens: 128, fullEveryLayers: 2});
});

test('Llama 4 Maverick holds experts in every second layer', () => {
  const kinds = layerKinds(imported(configOf('meta-llama/Llama-4-Maverick-17B-128E')));
  expect(kinds.filter(kind => kind.experts)).toHaveLength(24);
  expect(kinds[0]?.experts).toBe(false);
});

describe('what cannot be read is refused with all reasons', () => {
  test.each([
    ['bert', 'bert is an encoder, not a decoder-only transformer'],
    ['t5', 't5 is an encoder and a decoder, not a decoder-only transformer'],
    ['whisper', 'whisper is an audio model, not a decoder-only transformer'],
    ['vit', 'vit is a vision model, not a decoder-only transformer'],
    ['frobnicator', 'frobnicator is not a family that can be read'],
    ['constructor', 'constructor is not a family that can be read'],
  ])('%s', (type, message) => {
    expect(problems({model_type: type})).toEqual([`model_type: ${message}`]);
  });

  test('an unknown encoder-decoder', () => {
    expect(problems({model_type: 'frobnicator', is_encoder_decoder: true})).toEqual([
      'model_type: frobnicator is an encoder and a decoder, not a decoder-only transformer',
    ]);
  });

  test('anything but a map', () => {
    for (const config of [null, 7, 'text', []]) {
      expect(problems(config)).toEqual([': is not a map of fields']);
    }
  });

  test('a file without a type', () => {
    expect(problems({hidden_size: 4096})).toEqual(['model_type: is missing']);
    expect(problems({model_type: 7})).toEqual(['model_type: 7 is not a text']);
  });

  test('missing and malformed fields, all at once', () => {
    const config = {
      ...configOf('mistralai/Mixtral-8x7B-v0.1'),
      hidden_size: null,
      num_hidden_layers: -2,
      vocab_size: '32000',
      num_experts_per_tok: 9,
    };
    expect(problems(config)).toEqual([
      'num_hidden_layers: -2 is not a whole number above 0',
      'hidden_size: is missing',
      'vocab_size: "32000" is not a whole number above 0',
      'num_experts_per_tok: 9 is above the 8 experts',
    ]);
  });

  test('heads that do not fit', () => {
    const llama = {model_type: 'llama', num_hidden_layers: 2, vocab_size: 100, intermediate_size: 64};
    expect(problems({...llama, hidden_size: 100, num_attention_heads: 8, num_key_value_heads: 3})).toEqual([
      'num_key_value_heads: 3 does not divide 8 attention heads',
      'head_dim: is missing, and 8 heads do not divide 100',
    ]);
  });

  test('layer patterns that the model record cannot say', () => {
    const types = [
      'full_attention',
      'sliding_attention',
      'sliding_attention',
      'sliding_attention',
      'full_attention',
      'full_attention',
    ];
    const found = problems({...configOf('openai/gpt-oss-20b'), layer_types: types});
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^layer_types: /);
    const qwen = {...configOf('Qwen/Qwen2.5-7B'), use_sliding_window: true, max_window_layers: 14};
    expect(problems(qwen)[0]).toMatch(/^max_window_layers: the first 14 layers are full/);
  });

  test('more layers than any model has', () => {
    expect(problems({...configOf('openai-community/gpt2'), n_layer: 1e15})).toHaveLength(1);
  });

  test('nothing that a file may hold makes it throw', () => {
    const keys = [...new Set(publishedConfigs.flatMap(({config}) => Object.keys(config)))];
    const file = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue());
    const type = fc.constantFrom(...Object.keys(architectures));
    fc.assert(
      fc.property(file, type, (config, model_type) => {
        const result = importHuggingFace({...config, model_type}, 'a model');
        expect('model' in result || result.problems.length > 0).toBe(true);
      }),
    );
  });

  test('a field in a nested part is named with its path', () => {
    expect(problems({model_type: 'llama4', text_config: {}})).toContain(
      'text_config.hidden_size: is missing',
    );
    expect(problems({model_type: 'llama4', text_config: 3})[0]).toBe('text_config: is not a map');
  });
});
