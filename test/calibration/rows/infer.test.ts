import {expect, test} from 'vitest';
import {gpt} from '../../model/shapes.js';
import {inferredRun, skipReason} from './complete-row.js';

test.each([
  ['bf16-mixed', 'bf16'],
  ['amp_bf16', 'bf16'],
  ['bfloat16', 'bf16'],
  ['BF16', 'bf16'],
  ['16-mixed', 'fp16'],
  ['half', 'fp16'],
  ['fp8-hybrid', 'fp8'],
  ['FP8 (E4M3)', 'fp8'],
  ['float8', 'fp8'],
  ['MXFP8', 'mxfp8'],
  ['NVFP4', 'nvfp4'],
  ['tf32', 'tf32'],
  ['32-true', 'fp32'],
])('precision %s is %s', (precision, expected) => {
  expect(inferredRun({precision}).training.precision).toBe(expected);
});

test.each([
  ['True', 'full'],
  ['block', 'full'],
  ['uniform', 'full'],
  ['selective', 'selective'],
  ['selective (core_attn)', 'selective'],
  ['False', 'none'],
  ['disabled', 'none'],
  ['4 layers', {layers: 4}],
  ['block (4)', {layers: 4}],
])('recompute %s is %j', (recompute, expected) => {
  expect(inferredRun({recompute}).layout.recompute).toEqual(expected);
});

test.each([
  ['ZeRO-1', 'optimizer', 'all'],
  ['zero3', 'parameters', 'all'],
  ['stage 2', 'gradients', 'all'],
  ['DDP', 'none', 'all'],
  ['distributed optimizer', 'optimizer', 'all'],
  ['ddp/dist-opt', 'optimizer', 'all'],
  ['fsdp', 'parameters', 'all'],
  ['FSDP2-full_shard', 'parameters', 'all'],
  ['fsdp-shard_grad_op', 'gradients', 'all'],
  ['HSDP', 'parameters', 'node'],
  ['hybrid_shard(8)', 'parameters', 8],
  ['fsdp(64)', 'parameters', 64],
])('zero_stage %s shards %s over %s', (zero_stage, sharding, shardingGroup) => {
  expect(inferredRun({zero_stage}).layout).toMatchObject({sharding, shardingGroup});
});

test.each([
  ['fa3', 'flash3'],
  ['FlashAttention-2', 'flash2'],
  ['sdpa', 'flash2'],
  ['eager', 'unfused'],
])('attention_kernel %s is %s', (attention_kernel, expected) => {
  expect(inferredRun({attention_kernel}).training.attentionKernel).toBe(expected);
});

test.each([
  [{precision: 'posit8'}, 'precision "posit8" is not known'],
  [{recompute: 'sometimes'}, 'recompute "sometimes" is not known'],
  [{zero_stage: '7'}, 'zero_stage "7" is not known'],
  [{offload: 'nvme'}, 'offload "nvme" is not known'],
  [{task: 'LoRA'}, 'task lora trains a part of the weights'],
])('a row of %j is skipped: %s', (row, reason) => {
  expect(skipReason(row)).toBe(reason);
});

test('counts that follow from others are worked out, and none is guessed', () => {
  expect(inferredRun({num_gpus: '', nodes: '2', gpus_per_node: '8'}).numDevices).toBe(16);
  expect(inferredRun({micro_batch: '', grad_accum: '8'}).layout.microBatch).toBe(2);
  expect(inferredRun({global_batch: '', grad_accum: '8'}).training.globalBatch).toBe(64);
  expect(inferredRun({tp: ''}).layout.tensor).toBe(2);
  expect(inferredRun({tp: '', pp: '', dp: '16'}).layout).toMatchObject({tensor: 1, pipeline: 1});
  expect(skipReason({micro_batch: ''})).toBe('unknown: micro_batch');
  expect(skipReason({tp: '', pp: ''})).toBe('unknown: tp, pp');
});

test('what notes list with plus signs counts where the column is empty, and nothing else of them does', () => {
  const noted = inferredRun({framework: 'torchtitan', notes: '2D + AsyncTP + compile + Float8; seq 8192'});
  expect(noted.kernels.compiled).toBe(true);
  expect(noted.layout.asyncTensor).toBe(true);
  expect(noted.assumptions).toContain('compiled not stated: taken from the notes');
  expect(inferredRun({notes: 'ran without torch.compile'}).kernels.compiled).toBeNull();
  expect(inferredRun({notes: 'FSDP + compile', compiled: '0'}).kernels.compiled).toBe(false);
});

test('torchtitan compiles the loss from 2025 on', () => {
  const loss = (source: string) =>
    inferredRun({framework: 'torchtitan', compiled: '1', source}).kernels.compiledLoss;
  expect(loss('benchmarks/llama3_h100_202412_torchtitan.md')).toBe(false);
  expect(loss('benchmarks/asyncTP_llama3_h100_2025-06_torchtitan.md')).toBe(true);
  expect(loss('')).toBe(true);
});

test('a shape left open is that of the known model of its name, unless the row contradicts it', () => {
  const known = {...gpt({layers: 32, hidden: 4096, heads: 32, vocabulary: 50304}), name: 'My Model 7B'};
  const open = {
    model_name: 'my-model-7b (pretrain)',
    layers: '',
    hidden: '',
    heads: '',
    vocab: '',
    ffn_hidden: '',
  };
  const run = inferredRun(open, {models: [known]});
  expect(run.model.numLayers).toBe(32);
  expect(run.assumptions).toContain('shape not stated in full: taken from My Model 7B');
  expect(skipReason({...open, hidden: '5120'}, {models: [known]})).toBe('unknown: layers, heads');
});

test('optional columns that the model expresses are read', () => {
  const {model, layout, training} = inferredRun({
    head_size: '256',
    window: '1024',
    mtp: '1',
    dropout: '0.1',
    optimizer: 'muon',
  });
  expect(model.attention).toMatchObject({
    headSize: 256,
    span: {kind: 'window', tokens: 1024, fullEveryLayers: 0},
  });
  expect(model).toMatchObject({multiTokenPrediction: 1, dropout: true});
  expect(training.optimizer).toBe('muon');
  expect(layout.expertTensor).toBe(1);
  expect(inferredRun({head_size: '', window: '0', mtp: '0', dropout: '0'}).model).toMatchObject({
    attention: {headSize: 128, span: {kind: 'full'}},
    multiTokenPrediction: 0,
    dropout: false,
  });
});

test('a mixture that states the width of its experts needs no known model', () => {
  const mixture = {moe: '64/6+2', expert_ffn: '1408', ep: '4', etp: '2', gated_mlp: '1'};
  const {model, layout, assumptions} = inferredRun(mixture);
  expect(model.experts).toMatchObject({
    numExperts: 64,
    topK: 6,
    expertHiddenSize: 1408,
    sharedHiddenSize: 2816,
  });
  expect(layout).toMatchObject({expert: 4, expertTensor: 2});
  expect(assumptions).toContain('layers with experts not stated: taken as all');
  const open = {...mixture, expert_ffn: ''};
  expect(inferredRun(open).assumptions).toContain('expert_ffn not stated: taken as ffn_hidden');
  expect(skipReason({...open, ffn_hidden: ''})).toMatch(/^unknown: width of the experts/);
});

test('a mixture is a known model only where every width that it states agrees', () => {
  const known = gpt({layers: 8, hidden: 4096, heads: 32, vocabulary: 50304});
  const experts = {
    numExperts: 8,
    topK: 2,
    expertHiddenSize: 14336,
    sharedHiddenSize: 0,
    numDenseLayers: 2,
    everyLayers: 1,
    routerBias: false,
    expertBias: false,
  };
  const mixture = {...known, name: 'Known', multiTokenPrediction: 1, experts};
  const row = {moe: '8/2', layers: '4', hidden: '4096', heads: '32', vocab: '50304', ffn_hidden: '14336'};
  const proxy = inferredRun(row, {models: [mixture]});
  expect(proxy.model).toMatchObject({numLayers: 4, experts: {numDenseLayers: 2}, multiTokenPrediction: 1});
  expect(proxy.assumptions).toEqual(
    expect.arrayContaining(['4 layers taken as of Known', 'mtp not stated: taken as 1, as Known has it']),
  );
  for (const other of [{ffn_hidden: '32768'}, {heads: '64'}, {vocab: '32000'}]) {
    expect(inferredRun({...row, ...other}, {models: [mixture]}).model.experts?.numDenseLayers).toBe(0);
  }
});

test('vocabulary and width left open are those of the family, or the usual ones', () => {
  const family = {...gpt({layers: 4, hidden: 1024, heads: 16, vocabulary: 64000}), name: 'yi-6b'};
  const open = {model_name: 'Yi-34B', vocab: '', gated_mlp: '1'};
  expect(inferredRun(open, {models: [family]}).model.vocabularySize).toBe(64000);
  expect(inferredRun(open).model.vocabularySize).toBe(32000);
  const plain = inferredRun({vocab: '', ffn_hidden: '', gated_mlp: '0', hidden: '1024', heads: '16'});
  expect(plain.model).toMatchObject({vocabularySize: 50257, mlp: {hiddenSize: 4096}});
  expect(plain.assumptions).toEqual(
    expect.arrayContaining(['vocab not stated: taken as 50257', 'ffn_hidden not stated: taken as 4096']),
  );
});

test('full fine-tuning runs the steps of pre-training', () => {
  expect(inferredRun({task: 'sft'}).assumptions).toContain(
    'full fine-tuning: taken as pre-training of full sequences',
  );
});

test.each([
  ['core_attn', '', {modules: ['core_attn']}, []],
  ['layernorm moe_act', 'selective', {modules: ['layernorm', 'moe_act']}, []],
  ['moe, mhc', '', {modules: ['moe']}, ['recompute_modules mhc: not modelled']],
  ['layernorm', 'full', 'full', []],
])('recompute_modules "%s" with recompute "%s" are %j', (recompute_modules, recompute, expected, assumed) => {
  const {layout, assumptions} = inferredRun({recompute_modules, recompute});
  expect(layout.recompute).toEqual(expected);
  expect(assumptions.filter(text => /recompute/.test(text))).toEqual(assumed);
});

test('a row that contradicts itself is skipped with the numbers that do', () => {
  expect(skipReason({dp: '8'})).toBe('tp 2 x pp 2 x cp 1 x dp 8 is not 16 devices');
  expect(skipReason({micro_batch: '3'})).toBe('dp 4 x micro-batch 3 does not divide the global batch');
});

test('all cells that cannot be read are in the reason', () => {
  expect(skipReason({tp: 'x', layers: '0'})).toBe(
    'layers "0" is not a whole number above 0; tp "x" is not a whole number above 0',
  );
});
