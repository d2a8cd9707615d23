import {
  keyValueHeadsPerTensorRank,
  noSelectiveRecompute,
  oneRankOrder,
  unsupportedPrecision,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {onlyDataRanks} from '../pytorch-rules.js';

const precision: FrameworkRule = {
  ...unsupportedPrecision(['fp32', 'tf32', 'bf16', 'fp16', 'fp8'], 'bf16'),
  source: 'accelerate/utils/dataclasses.py: mixed_precision',
};
const order: FrameworkRule = {...oneRankOrder, source: 'accelerate/parallelism_config.py'};
const recompute: FrameworkRule = {
  ...noSelectiveRecompute,
  source: 'transformers: gradient_checkpointing; accelerate: activation_checkpointing, whole blocks',
};

const withoutDegree = (...degrees: readonly string[]): readonly FrameworkRule[] =>
  onlyDataRanks
    .filter(({fields: [field]}) => degrees.includes(field ?? ''))
    .map(rule => ({...rule, source: 'torch.distributed.fsdp: a wrapper of data ranks'}));

const hybridNeedsSharding: FrameworkRule = {
  code: 'tensor-replicas-need-shards',
  fields: ['tensor', 'context', 'sharding', 'data'],
  broken: ({tensor, context, sharding, data}) =>
    (tensor === 1 && context === 1) || data === 1 || sharding !== 'none' ? null : {tensor, context},
  message:
    'tensor {tensor} and context {context} with replicas need shards: the degree of dp_shard is above 1',
  hint: 'set layout.sharding to parameters',
  source: 'accelerate/parallelism_config.py:337',
  error: 'ValueError',
};

/** PyTorch FSDP by itself: data ranks alone. */
export const fsdpRules: readonly FrameworkRule[] = [
  ...withoutDegree('tensor', 'pipeline', 'context', 'expert'),
  precision,
  order,
  recompute,
];

/** accelerate and what is built on it, with the model's tensor plan and context ranks. */
export const accelerateRules: readonly FrameworkRule[] = [
  ...withoutDegree('pipeline', 'expert'),
  {...keyValueHeadsPerTensorRank, source: 'transformers: tp_plan, column-wise q, k and v; recalled'},
  hybridNeedsSharding,
  precision,
  order,
  recompute,
];

/** torchtune's full_finetune_distributed. */
export const torchtuneRules: readonly FrameworkRule[] = [
  ...withoutDegree('pipeline', 'expert'),
  {
    ...keyValueHeadsPerTensorRank,
    source: 'torchtune/training/_distributed.py:757-771',
    error: 'ValueError',
  },
  {
    ...unsupportedPrecision(['fp32', 'bf16', 'fp8'], 'bf16'),
    source: 'recipes/full_finetune_distributed.py:138',
    error: 'ValueError',
  },
  {
    code: 'fp8-without-context',
    fields: ['context'],
    broken: ({context}, {training: {precision: used}}) =>
      context === 1 || used !== 'fp8' ? null : {context},
    message: 'fp8 products do not go with context ranks, and there are {context}',
    hint: 'set layout.context to 1, or training.precision to bf16',
    source: 'recipes/full_finetune_distributed.py:623',
    error: 'ValueError',
  },
  order,
  recompute,
];
