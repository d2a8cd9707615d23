import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';
import {olmoCoreRules} from './rules.js';

export const olmoCoreFramework: Framework = {
  name: 'olmo-core',
  title: 'OLMo-core',
  aliases: [{pattern: /olmo(-core)?/}],
  releases: [],
  readAt: month('2026-06'),
  rules: olmoCoreRules,
  defaults: {
    sharding: fixedDefault('none', 'src/olmo_core/distributed/parallel: an unset dp_config wraps nothing'),
    sequenceParallel: {value: ({tensor}) => tensor > 1, source: 'src/olmo_core/nn/transformer/model.py'},
    schedule: {
      value: ({virtualStages}) => (virtualStages > 1 ? 'interleaved' : '1f1b'),
      source:
        'src/olmo_core/distributed/parallel/pipeline_parallel.py:37-42, Interleaved1F1B with two chunks a rank',
    },
    recompute: fixedDefault('none', 'src/olmo_core/train/train_module: no activation checkpointing'),
    contextExchange: fixedDefault('ring', 'src/olmo_core/train/train_module/transformer/config.py:196-203'),
    overlapGradients: fixedDefault(
      true,
      'torch.nn.parallel and torch.distributed.fsdp: from hooks of the backward pass',
    ),
    overlapParameters: fixedDefault(true, 'torch.distributed.fsdp: prefetch of the next block'),
    offload: fixedDefault('none', 'src/olmo_core: states stay on devices'),
  },
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
