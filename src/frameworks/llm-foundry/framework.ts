import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';
import {llmFoundryRules} from './rules.js';

export const llmFoundryFramework: Framework = {
  name: 'llm-foundry',
  title: 'LLM Foundry',
  aliases: [{pattern: /llm-?foundry|mosaicml|composer/}],
  releases: [],
  readAt: month('2026-04'),
  rules: llmFoundryRules,
  defaults: {
    sharding: {
      value: ({data}) => (data > 1 ? 'parameters' : 'none'),
      source: 'composer/utils/parallelism.py:14-42, FULL_SHARD',
    },
    shardingGroup: fixedDefault('all', 'composer/distributed/dist_strategy.py:330-343'),
    recompute: fixedDefault('none', 'composer/utils/parallelism.py: activation_checkpointing False'),
    overlapGradients: fixedDefault(true, 'torch.distributed.fsdp: from hooks of the backward pass'),
    overlapParameters: fixedDefault(true, 'torch.distributed.fsdp: prefetch of the next unit'),
    offload: fixedDefault('none', 'composer/utils/parallelism.py: activation_cpu_offload False'),
  },
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
