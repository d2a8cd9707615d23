import {activationsAreOffloaded} from '../../layout/layout.js';
import {
  keyValueHeadsPerTensorRank,
  noSelectiveRecompute,
  offloadedOptimizerNeedsSharding,
  oneRankOrder,
  unsupportedOptimizer,
  unsupportedPrecision,
  vocabularyRows,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';

const argumentsFile = 'megatron/neox_arguments/arguments.py';

/** Checks of EleutherAI/gpt-neox at ea7aefd8, on DeepSpeed at edaa7221. One stage runs without the pipeline engine. */
export const gptNeoxRules: readonly FrameworkRule[] = [
  {...keyValueHeadsPerTensorRank, source: `${argumentsFile}:1146`, error: 'AssertionError'},
  {
    code: 'heads-per-hidden-size',
    fields: [],
    at: 'model',
    broken: (_, {model: {hiddenSize, attention}}) =>
      hiddenSize % attention.numHeads === 0 ? null : {hidden: hiddenSize, heads: attention.numHeads},
    message: '{heads} attention heads do not divide a hidden size of {hidden}',
    hint: 'choose a model whose heads divide its hidden size',
    source: `${argumentsFile}:1245`,
    error: 'ValueError',
  },
  {
    code: 'heads-per-key-value-head',
    fields: [],
    at: 'model',
    broken: (_, {model: {attention}}) =>
      attention.kind === 'latent' || attention.numHeads % attention.numKeyValueHeads === 0
        ? null
        : {heads: attention.numHeads, keyValueHeads: attention.numKeyValueHeads},
    message: '{keyValueHeads} key-value heads do not divide {heads} attention heads',
    hint: 'choose a model whose key-value heads divide its heads',
    source: `${argumentsFile}:1133`,
    error: 'AssertionError',
  },
  {
    code: 'experts-exclude-sharded-gradients',
    fields: ['sharding', 'data', 'context'],
    broken: ({sharding, data, context}, {model: {experts}}) =>
      experts === null || data * context === 1 || sharding === 'none' || sharding === 'optimizer'
        ? null
        : {sharding, experts: experts.numExperts},
    message: 'a model of {experts} experts does not train with sharded {sharding} (ZeRO-2 and 3)',
    hint: 'set layout.sharding to optimizer or none',
    source: `${argumentsFile}:1089`,
    error: 'AssertionError',
  },
  {
    code: 'experts-on-tensor-ranks',
    fields: ['expert', 'tensor'],
    broken: ({expert, tensor}, {model: {experts}}) =>
      experts === null || expert === tensor ? null : {expert, tensor},
    message: 'experts are spread over the {tensor} tensor ranks, and the expert degree is {expert}',
    hint: 'set layout.expert to {tensor}, or leave it out',
    source: 'megatron/model/moe.py:45',
  },
  {
    code: 'whole-experts',
    fields: ['expertTensor'],
    broken: ({expertTensor}, {model: {experts}}) =>
      experts === null || expertTensor === 1 ? null : {expertTensor},
    message: 'an expert stands whole on its rank, and is not cut over {expertTensor}',
    hint: 'set layout.expert_tensor to 1, or leave it out',
    source: 'megatron/model/moe.py:45',
  },
  {
    ...noSelectiveRecompute,
    source: `${argumentsFile}: checkpoint_activations, every checkpoint_num_layers layers`,
  },
  {
    ...offloadedOptimizerNeedsSharding,
    source: 'deepspeed/runtime/zero/config.py: offload_optimizer, stages 1 to 3',
  },
  {
    code: 'offloaded-activations-are-checkpoints',
    fields: ['offload', 'recompute'],
    broken: layout =>
      !activationsAreOffloaded(layout) || layout.recompute === 'full' ? null : {offload: layout.offload},
    message:
      'the activations that checkpoint_in_cpu moves to the host are those that full recomputation keeps',
    hint: 'set layout.recompute to full, or layout.offload to none',
    source: 'megatron/neox_arguments/neox_args.py: checkpoint_in_cpu',
  },
  {...oneRankOrder, source: 'deepspeed/runtime/pipe/topology.py: pipe, data, model'},
  {...vocabularyRows, source: 'megatron/tokenizer/tokenizer.py:77', severity: 'noted'},
  {
    ...unsupportedPrecision(['fp32', 'tf32', 'fp16', 'bf16', 'fp8'], 'bf16'),
    source: `${argumentsFile}: precision, fp16, bf16 and te_* switches`,
  },
  {
    ...unsupportedOptimizer(['adam', 'adam-8bit', 'lion', 'sgd-momentum']),
    source: 'megatron/neox_arguments/neox_args.py:608',
  },
];
