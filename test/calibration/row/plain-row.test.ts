import {expect, test} from 'vitest';
import {
  type Measurement,
  type MeasurementRow,
  readMeasurement,
} from '../../../src/calibration/measurement.js';
import {gpt} from '../../model/shapes.js';

const complete: MeasurementRow = {
  id: 'mine-1',
  framework: 'my trainer',
  hardware: 'H100',
  num_gpus: '16',
  layers: '32',
  hidden: '4096',
  ffn_hidden: '11008',
  heads: '32',
  vocab: '32000',
  seq_len: '4096',
  global_batch: '64',
  tp: '2',
  pp: '2',
  dp: '4',
  micro_batch: '2',
  precision: 'bf16',
  recompute: 'none',
};

function runOf(row: MeasurementRow, shapes: Parameters<typeof readMeasurement>[1] = []): Measurement {
  const read = readMeasurement({...complete, ...row}, shapes);
  if ('skipped' in read) throw new Error(read.skipped.reason);
  return read.measurement;
}

function reasonOf(row: MeasurementRow): string | null {
  const read = readMeasurement({...complete, ...row});
  return 'skipped' in read ? read.skipped.reason : null;
}

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
  expect(runOf({precision}).training.precision).toBe(expected);
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
  expect(runOf({recompute}).layout.recompute).toEqual(expected);
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
  expect(runOf({zero_stage}).layout).toMatchObject({sharding, shardingGroup});
});

test.each([
  ['fa3', 'flash3'],
  ['FlashAttention-2', 'flash2'],
  ['sdpa', 'flash2'],
  ['eager', 'unfused'],
])('attention_kernel %s is %s', (attention_kernel, expected) => {
  expect(runOf({attention_kernel}).training.attentionKernel).toBe(expected);
});

test.each([
  [{precision: 'posit8'}, 'unknown precision "posit8"'],
  [{recompute: 'sometimes'}, 'unknown recompute "sometimes"'],
  [{zero_stage: '7'}, 'unknown zero_stage "7"'],
  [{offload: 'nvme'}, 'unknown offload "nvme"'],
  [{task: 'LoRA'}, 'task lora is not pre-training'],
])('a row of %j is skipped: %s', (row, reason) => {
  expect(reasonOf(row)).toBe(reason);
});

test('counts that follow from others are worked out, and none is guessed', () => {
  expect(runOf({num_gpus: '', nodes: '2', gpus_per_node: '8'}).numDevices).toBe(16);
  expect(runOf({micro_batch: '', grad_accum: '8'}).layout.microBatch).toBe(2);
  expect(runOf({global_batch: '', grad_accum: '8'}).training.globalBatch).toBe(64);
  expect(runOf({tp: ''}).layout.tensor).toBe(2);
  expect(runOf({tp: '', pp: '', dp: '16'}).layout).toMatchObject({tensor: 1, pipeline: 1});
  expect(reasonOf({micro_batch: ''})).toBe('unknown: micro_batch');
  expect(reasonOf({tp: '', pp: ''})).toBe('unknown: tp, pp');
});

test('what notes list with plus signs counts where the column is empty, and nothing else of them does', () => {
  const noted = runOf({framework: 'torchtitan', notes: '2D + AsyncTP + compile + Float8; seq 8192'});
  expect(noted.kernels.compiled).toBe(true);
  expect(noted.layout.asyncTensor).toBe(true);
  expect(noted.assumptions).toContain('compiled not stated: taken from the notes');
  expect(runOf({notes: 'ran without torch.compile'}).kernels.compiled).toBeNull();
  expect(runOf({notes: 'FSDP + compile', compiled: '0'}).kernels.compiled).toBe(false);
});

test('torchtitan compiles the loss from 2025 on', () => {
  const loss = (source: string) =>
    runOf({framework: 'torchtitan', compiled: '1', source}).kernels.compiledLoss;
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
  const run = runOf(open, [known]);
  expect(run.model.numLayers).toBe(32);
  expect(run.assumptions).toContain('shape not stated in full: taken from My Model 7B');
  expect(readMeasurement({...complete, ...open, hidden: '5120'}, [known])).toHaveProperty('skipped');
});
