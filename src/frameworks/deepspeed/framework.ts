import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';
import {deepspeedRules} from './rules.js';

export const deepspeedFramework: Framework = {
  name: 'deepspeed',
  title: 'DeepSpeed',
  aliases: [
    {pattern: /megatron-deepspeed zero-3/},
    {pattern: /^(?!.*megatron).*deepspeed.*|xtuner|arctictraining|^zero-?[123]$/},
  ],
  releases: [],
  readAt: month('2026-08'),
  rules: deepspeedRules,
  defaults: {
    sharding: fixedDefault('none', 'deepspeed/runtime/zero/config.py:95'),
    shardingGroup: fixedDefault('all', 'deepspeed/runtime/zero/config.py: mics_shard_size -1'),
    offload: fixedDefault('none', 'deepspeed/runtime/zero/offload_config.py:30'),
    recompute: fixedDefault('none', 'deepspeed/runtime/activation_checkpointing: the model switches it on'),
    schedule: fixedDefault('1f1b', 'deepspeed/runtime/pipe/schedule.py:189'),
    overlapGradients: {
      value: ({sharding}) => sharding === 'parameters',
      source: 'deepspeed/runtime/zero/config.py:138, 385: overlap_comm, on for stage 3 alone',
    },
    overlapParameters: {
      value: ({sharding}) => sharding === 'parameters',
      source: 'deepspeed/runtime/zero/stage_1_and_2.py:2396: one gather after the step, but for stage 3',
    },
    sequenceParallel: fixedDefault(false, 'deepspeed/runtime/engine.py: AutoTP without sequence parallelism'),
  },
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
