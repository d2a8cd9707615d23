import {expect, test} from 'vitest';
import type {Transformer} from '../../../src/model/transformer.js';
import {readModelText} from '../../../src/plan-file/models/read-model.js';
import {formatProblem} from '../../../src/plan-file/problem.js';

async function model(fields: string): Promise<Transformer> {
  const read = await readModelText(
    'own.yaml',
    `walltime-model: 1\nname: own\nlayers: 4\nhidden: 64\nvocabulary: 100\n${fields}\n`,
  );
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.profile.model;
}

test('what a model file leaves out is a Llama: rotary, RMS norm, gated, no biases, as many key heads as query heads', async () => {
  expect(await model('attention: {heads: 4}\nmlp: {hidden: 256}')).toEqual({
    name: 'own',
    numLayers: 4,
    hiddenSize: 64,
    vocabularySize: 100,
    tiedEmbeddings: false,
    positions: {kind: 'rotary', maxPositions: 0},
    attention: {
      kind: 'grouped',
      numHeads: 4,
      numKeyValueHeads: 4,
      headSize: 16,
      biases: {queryKeyValue: false, output: false},
      queryKeyNorm: false,
      span: {kind: 'full'},
    },
    mlp: {kind: 'gated', hiddenSize: 256, bias: false},
    experts: null,
    norm: {kind: 'rms', perLayer: 2, bias: false, outside: 1},
    dropout: false,
    multiTokenPrediction: 0,
  } satisfies Transformer);
});

test('latent attention, experts and local layers have their own sections', async () => {
  const read = await model(
    'attention: {heads: 4, latent: {key_value_rank: 8, nope_head: 16, rope_head: 8, value_head: 16}, window: {tokens: 32, full_every: 6}}\nexperts: {count: 8, top_k: 2, hidden: 32, dense_layers: 1}\nnorm: {kind: layer}\npositions: {learned: 2048}',
  );
  expect(read.attention).toEqual({
    kind: 'latent',
    numHeads: 4,
    queryRank: null,
    keyValueRank: 8,
    nopeHeadSize: 16,
    ropeHeadSize: 8,
    valueHeadSize: 16,
    span: {kind: 'window', tokens: 32, fullEveryLayers: 6},
  });
  expect(read.experts).toMatchObject({
    numExperts: 8,
    topK: 2,
    numDenseLayers: 1,
    everyLayers: 1,
    sharedHiddenSize: 0,
  });
  expect(read.mlp.hiddenSize).toBe(32);
  expect(read.norm.bias).toBe(true);
  expect(read.positions).toEqual({kind: 'learned', maxPositions: 2048});
});

test.each([
  [
    'attention: {heads: 4, kv_heads: 3}\nmlp: {hidden: 4}',
    'own.yaml:6:33  attention.kv_heads: 3 does not divide 4 heads  (choose a divisor of heads)',
  ],
  ['attention: {heads: 4}', 'own.yaml:1:1  mlp.hidden: is missing  (write a whole number)'],
  [
    'attention: {heads: 4}\nexperts: {count: 2, top_k: 4, hidden: 8}',
    'own.yaml:7:28  experts.top_k: 4 is above the 2 experts  (choose at most 2)',
  ],
  [
    'attention: {heads: 4, window: {tokens: 1}, chunk: {tokens: 1}}\nmlp: {hidden: 4}',
    'own.yaml:6:51  attention.chunk: a layer has a window or a chunk, not both  (keep one of them)',
  ],
])('%j is refused', async (fields, printed) => {
  await expect(model(fields)).rejects.toThrow(printed);
});

test('a config.json of Hugging Face is a model, named after its folder', async () => {
  const config = {
    model_type: 'llama',
    architectures: ['LlamaForCausalLM'],
    hidden_size: 4096,
    intermediate_size: 14336,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    vocab_size: 128256,
    tie_word_embeddings: false,
    rms_norm_eps: 1e-5,
    hidden_act: 'silu',
    max_position_embeddings: 8192,
    rope_theta: 500000,
  };
  const read = await readModelText('/models/Meta-Llama-3-8B/config.json', JSON.stringify(config, null, 2));
  expect(read).toMatchObject({
    profile: {
      model: {name: 'Meta-Llama-3-8B', numLayers: 32, hiddenSize: 4096, attention: {numKeyValueHeads: 8}},
    },
  });
});

test('what is wrong in a config.json is shown where it stands', async () => {
  const read = await readModelText('config.json', '{\n  "model_type": "llama",\n  "hidden_size": "wide"\n}');
  const printed = 'problems' in read ? read.problems.map(formatProblem) : [];
  expect(printed.find(line => line.startsWith('config.json:3:18  hidden_size: '))).toBeDefined();
});
