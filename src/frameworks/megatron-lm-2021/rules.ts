import {recomputeWords} from '../../layout/layout.js';
import {
  evenModelChunks,
  interleavedMicrobatches,
  interleavedStages,
  noExpertDegree,
  noGroupedHeads,
  noSelectiveRecompute,
  noSequenceParallel,
  oneRankOrder,
  recomputedLayersPerVirtualStage,
  sequenceParallelNeedsTensor,
  unsupportedOptimizer,
  unsupportedPrecision,
  vocabularyRows,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {month} from '../release.js';
import {isFlash} from '../stack.js';
import {fusedSoftmaxLength} from './fused-softmax.js';

const argumentsFile = 'megatron/arguments.py';

/** Checks of v2.5 (e269e20064) and v2.6 (3860e99526) of 2021, and of 07916bf245 of 2022-09. */
export const megatronLm2021Rules: readonly FrameworkRule[] = [
  {
    ...noGroupedHeads,
    source: `${argumentsFile}, --group-query-attention since 6902465a83`,
    until: month('2023-06'),
  },
  {
    code: 'learned-positions',
    fields: [],
    at: 'model',
    broken: (_, {model: {name, positions}}) =>
      positions.kind === 'learned' ? null : {model: name, positions: positions.kind},
    message: 'positions are learned, and those of {model} are {positions}',
    hint: 'choose a model with learned positions, or another framework',
    source: `${argumentsFile}:217; rotary positions since 1e0e555c43`,
    until: month('2023-03'),
  },
  {...noExpertDegree, source: `${argumentsFile}: no --expert-model-parallel-size`},
  {
    ...noSequenceParallel,
    source: `${argumentsFile}, --sequence-parallel since cfd2e21607`,
    until: month('2022-04'),
  },
  {
    ...sequenceParallelNeedsTensor,
    source: `${argumentsFile}:300 (2022)`,
    since: month('2022-04'),
    severity: 'noted',
  },
  {
    ...interleavedMicrobatches,
    source: 'megatron/schedules.py:34 (v2.5), :24 (2022)',
    error: 'AssertionError',
  },
  {...interleavedStages, source: `${argumentsFile}:119 (v2.5)`, error: 'AssertionError'},
  {
    ...evenModelChunks,
    source: `megatron/model/transformer.py:551, :564 and ${argumentsFile}:122 (v2.5)`,
    error: 'AssertionError',
  },
  {...recomputedLayersPerVirtualStage, source: 'megatron/model/transformer.py:923 (2022)'},
  {
    ...noSelectiveRecompute,
    source: `${argumentsFile}, --recompute-granularity since bbab79f869`,
    until: month('2022-05'),
  },
  {
    code: 'partial-recompute-of-the-release',
    fields: ['recompute'],
    broken: ({recompute}) => (typeof recompute === 'object' ? {recompute: recomputeWords(recompute)} : null),
    message: 'releases before 2021-08 recompute all layers or none, not {recompute}',
    hint: 'set layout.recompute to full or none',
    source: `${argumentsFile}, --activations-checkpoint-method since c1e0689d92`,
    until: month('2021-08'),
  },
  {
    code: 'sharded-states-of-the-release',
    fields: ['sharding', 'data', 'context'],
    broken: ({sharding, data, context}) => (sharding === 'none' || data * context === 1 ? null : {sharding}),
    message: 'releases before 2022-02 do not shard states over data ranks: layout.sharding is {sharding}',
    hint: 'set layout.sharding to none',
    source: `${argumentsFile}, --use-distributed-optimizer since 329fe5820f`,
    until: month('2022-02'),
  },
  {
    code: 'attention-kernel-of-the-release',
    fields: [],
    at: 'training.attention_kernel',
    broken: (_, {training: {attentionKernel}}) =>
      attentionKernel === null || !isFlash(attentionKernel) ? null : {attentionKernel},
    message: 'releases before 2022-12 have no flash attention, and the kernel is {attentionKernel}',
    hint: 'set training.attention_kernel to fused-softmax or unfused',
    source: `${argumentsFile}, --use-flash-attn since d693034ecf`,
    until: month('2022-12'),
  },
  {
    ...fusedSoftmaxLength(2048),
    source: 'megatron/model/fused_softmax.py:132 (v2.5)',
    until: month('2022-01'),
    severity: 'noted',
  },
  {
    ...fusedSoftmaxLength(4096),
    source: 'megatron/model/fused_softmax.py:158 (2022), 4096 since 7a77abd9b6',
    since: month('2022-01'),
    severity: 'noted',
  },
  {...oneRankOrder, source: 'megatron/mpu/initialize.py: tensor, then data, then pipeline'},
  {
    ...vocabularyRows,
    source: 'megatron/tokenizer/tokenizer.py: a multiple of 128 x tensor',
    severity: 'noted',
  },
  {
    ...unsupportedPrecision(['fp32', 'tf32', 'fp16', 'bf16'], 'bf16'),
    source: `${argumentsFile}:136-145: --fp16, --bf16 or neither`,
  },
  {
    ...unsupportedOptimizer(['adam', 'sgd-momentum']),
    source: `${argumentsFile}:578 (2022): choices of --optimizer`,
    error: 'SystemExit',
  },
];
