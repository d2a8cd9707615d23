import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';
import {torchtitanRules} from './rules.js';

export const torchtitanFramework: Framework = {
  name: 'torchtitan',
  title: 'torchtitan',
  aliases: [{pattern: /torch-?titan/}],
  releases: [],
  readAt: month('2026-08'),
  rules: torchtitanRules,
  defaults: {
    sharding: {
      value: ({data, context}) => (data * context > 1 ? 'parameters' : 'none'),
      source: 'torchtitan/config/configs.py: data_parallel_shard_degree -1',
    },
    shardingGroup: fixedDefault('all', 'torchtitan/config/configs.py: data_parallel_replicate_degree 1'),
    sequenceParallel: {
      value: ({tensor}) => tensor > 1,
      source:
        'torchtitan/config/configs.py: enable_sequence_parallel true; always on with tensor before aa68af18e',
    },
    expertTensor: {
      value: ({expert, tensor}) => (expert > 1 ? 1 : tensor),
      source: 'pytorch/torchtitan at c4b409af2: no tensor degree inside experts that are spread',
    },
    recompute: fixedDefault('selective', 'torchtitan/trainer.py:108'),
    schedule: {
      value: ({virtualStages}) => (virtualStages > 1 ? 'interleaved' : '1f1b'),
      source: 'torchtitan/config/configs.py: pipeline_parallel_schedule 1F1B',
    },
    contextExchange: fixedDefault('all-gather', 'torchtitan/config/configs.py:242'),
    offload: fixedDefault('none', 'torchtitan/config/configs.py: enable_cpu_offload false'),
    overlapGradients: fixedDefault(true, 'torch.distributed.fsdp: reduced from hooks of the backward pass'),
    overlapParameters: fixedDefault(true, 'torch.distributed.fsdp: prefetch of the next block'),
    asyncTensor: fixedDefault(false, 'torchtitan/config/configs.py: enable_async_tensor_parallel false'),
    causalBalancing: fixedDefault(true, 'torchtitan/config/configs.py: load balancer headtail'),
  },
  // torchtitan/components/metrics.py, max_reserved_gib.
  logs: {memory: 'reserved'},
  ownFlashKernel: false,
  // train.py of December 2024 left the loss out, since compiling it failed; components/loss.py compiles it.
  compilesLossSince: month('2025-01'),
};
