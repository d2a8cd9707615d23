import {expect, test} from 'vitest';
import {sourceMonth} from '../../../src/calibration/rows/framework-choices.js';
import {month} from '../../../src/frameworks/release.js';
import {inferredRun} from './complete-row.js';

const open = {vpp: '', zero_stage: '', sequence_parallel: ''};

test('what a recipe decides is taken where the row leaves it open, and said', () => {
  const {layout, assumptions} = inferredRun({...open, framework: 'NeMo/Megatron-Core'});
  expect(layout).toMatchObject({
    virtualStages: 8,
    schedule: 'interleaved',
    sharding: 'optimizer',
    sequenceParallel: true,
  });
  expect(assumptions).toEqual([
    'vpp not stated: taken as 8, as recipes set it',
    'zero_stage not stated: taken as optimizer, as recipes set it',
    'sequence_parallel not stated: taken as true, as recipes set it',
    'bits of gradients not stated: taken as 16, as recipes set it',
  ]);
});

test('what the row states is what ran, and runs of no recipe take no defaults', () => {
  const stated = {vpp: '1', zero_stage: '0', sequence_parallel: '0'};
  const plain = {virtualStages: 1, schedule: '1f1b', sharding: 'none', sequenceParallel: false};
  expect(inferredRun({...stated, framework: 'NeMo/Megatron-Core'}).layout).toMatchObject(plain);
  expect(inferredRun({...open, framework: 'Megatron-LM'}).layout).toMatchObject(plain);
  expect(inferredRun({...open, framework: 'my trainer'}).layout).toMatchObject(plain);
});

test('experts are divided over tensor ranks by Megatron-Core, not by the recipes of Megatron-Bridge', () => {
  const mixture = {moe: '8/2', expert_ffn: '2048', ep: '2'};
  const degree = (framework: string, etp = '') =>
    inferredRun({...mixture, framework, etp}).layout.expertTensor;
  expect(degree('Megatron-Core')).toBe(2);
  expect(degree('Megatron-Bridge')).toBe(1);
  expect(degree('Megatron-Core', '1')).toBe(1);
});

test.each([
  ['torchtitan', '', 'reserved'],
  ['nanotron', '', 'update'],
  ['Megatron-DeepSpeed (BigScience)', '', 'device'],
  ['my trainer', '', 'allocated'],
  ['my trainer', 'nvidia-smi', 'device'],
  ['torchtitan', 'allocated', 'allocated'],
  ['torchtitan', 'unknown', 'reserved'],
])('the memory that %s logs, with mem_kind "%s", is %s', (framework, mem_kind, expected) => {
  expect(inferredRun({framework, mem_kind}).loggedMemory).toBe(expected);
});

test('flash attention is the kernel of the device in recipes that take it, else FlashAttention-2', () => {
  const kernel = (framework: string) =>
    inferredRun({framework, flash_attention: '1'}).training.attentionKernel;
  expect(kernel('NeMo/Megatron-Core')).toBeNull();
  expect(kernel('MaxText (JAX)')).toBeNull();
  expect(kernel('Megatron-LM')).toBe('flash2');
  expect(kernel('torchtitan')).toBe('flash2');
});

test.each([
  ['docs/performance-summary.md, 26.04.01 NeMo Container', '2026-04'],
  ['NVIDIA/dgxc-benchmarking @v24.11.1 grok1/README.md', '2024-11'],
  ['benchmarks/llama3_h100_202412_torchtitan.md', '2024-12'],
  ['training notes, 2025-08-01', '2025-08'],
])('the month of "%s" is %s', (source, expected) => {
  expect(sourceMonth(source)).toBe(month(expected));
});

test.each(['arXiv:2104.04473 Table 1', 'arXiv:2012.12345', 'README.md @bd2a0fc7c', ''])(
  'the source "%s" names no month',
  source => {
    expect(sourceMonth(source)).toBeNull();
  },
);
