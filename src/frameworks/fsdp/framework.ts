import type {Sharding} from '../../layout/layout.js';
import {type Framework, fixedDefault, type LayoutDefault, type LayoutDefaults} from '../framework.js';
import {month} from '../release.js';
import {accelerateRules, fsdpRules, torchtuneRules} from './rules.js';

/** Defaults of every trainer that wraps a model in PyTorch's FSDP or DDP. */
const shared: LayoutDefaults = {
  shardingGroup: fixedDefault('all', 'torch.distributed.fsdp: FULL_SHARD over all ranks'),
  sequenceParallel: fixedDefault(false, 'transformers: tp_plan without sequence parallelism'),
  overlapGradients: fixedDefault(true, 'torch.distributed.fsdp: reduced from hooks of the backward pass'),
  overlapParameters: fixedDefault(true, 'torch.distributed.fsdp: the host runs ahead by one unit'),
  offload: fixedDefault('none', 'torch.distributed.fsdp: cpu_offload None'),
  schedule: fixedDefault('1f1b', 'torch.distributed.fsdp: no pipeline'),
  causalBalancing: fixedDefault(true, 'accelerate: context ranks take both ends of the sequence'),
};

const fullShard = (source: string): LayoutDefault<Sharding> => ({
  value: ({data, context}) => (data * context > 1 ? 'parameters' : 'none'),
  source,
});

const replicas = (source: string): LayoutDefault<Sharding> => fixedDefault('none', source);

const common = {
  releases: [],
  readAt: month('2026-07'),
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
} as const;

export const fsdpFramework: Framework = {
  ...common,
  name: 'fsdp',
  title: 'PyTorch FSDP',
  aliases: [{pattern: /fsdp[12]?/}, {pattern: /lit-?gpt/}],
  rules: fsdpRules,
  defaults: {
    ...shared,
    sharding: fullShard('torch.distributed.fsdp: ShardingStrategy.FULL_SHARD'),
    recompute: fixedDefault('none', 'torch.distributed.fsdp: the caller wraps what is checkpointed'),
  },
};

export const accelerateFramework: Framework = {
  ...common,
  name: 'accelerate',
  title: 'Hugging Face accelerate',
  aliases: [{pattern: /accelerate/}],
  rules: accelerateRules,
  defaults: {
    ...shared,
    sharding: fullShard('accelerate/utils/dataclasses.py: FULL_SHARD'),
    recompute: fixedDefault('none', 'accelerate/utils/dataclasses.py: activation_checkpointing false'),
  },
};

export const hfTrainerFramework: Framework = {
  ...common,
  name: 'hf-trainer',
  title: 'Hugging Face Trainer',
  aliases: [{pattern: /hf-?trainer|transformers/}],
  rules: accelerateRules,
  defaults: {
    ...shared,
    sharding: replicas('transformers/training_args.py: fsdp is empty, DDP'),
    recompute: fixedDefault('none', 'transformers/training_args.py: gradient_checkpointing False'),
  },
};

export const trlFramework: Framework = {
  ...common,
  name: 'trl',
  title: 'TRL',
  aliases: [{pattern: /\btrl\b/}],
  rules: accelerateRules,
  defaults: {
    ...shared,
    sharding: replicas('trl/trainer/sft_config.py: as the Trainer, DDP'),
    recompute: fixedDefault('full', 'trl/trainer/sft_config.py: gradient_checkpointing True'),
  },
};

export const axolotlFramework: Framework = {
  ...common,
  name: 'axolotl',
  title: 'axolotl',
  aliases: [{pattern: /axolotl/}],
  rules: accelerateRules,
  defaults: {
    ...shared,
    sharding: replicas('axolotl/utils/schemas: fsdp_config is empty'),
    recompute: fixedDefault('none', 'axolotl/utils/schemas: gradient_checkpointing false'),
  },
};

export const llamaFactoryFramework: Framework = {
  ...common,
  name: 'llama-factory',
  title: 'LLaMA-Factory',
  aliases: [{pattern: /llama-?factory/}],
  rules: accelerateRules,
  defaults: {
    ...shared,
    sharding: replicas('llamafactory: presets choose FSDP or DeepSpeed, DDP without one'),
    recompute: fixedDefault('full', 'llamafactory/hparams/model_args.py:145'),
  },
};

export const torchtuneFramework: Framework = {
  ...common,
  name: 'torchtune',
  title: 'torchtune',
  readAt: month('2026-04'),
  aliases: [{pattern: /torchtune/}],
  rules: torchtuneRules,
  defaults: {
    ...shared,
    sharding: fullShard('recipes/full_finetune_distributed.py: fully_shard over all ranks'),
    recompute: fixedDefault(
      'none',
      'recipes/full_finetune_distributed.py: enable_activation_checkpointing False',
    ),
  },
};
