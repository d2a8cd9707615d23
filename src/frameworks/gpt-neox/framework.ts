import {defaultRankOrder} from '../../layout/layout.js';
import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';
import {gptNeoxRules} from './rules.js';

export const gptNeoxFramework: Framework = {
  name: 'gpt-neox',
  title: 'GPT-NeoX',
  aliases: [{pattern: /gpt-neox|neox|deeperspeed/}],
  releases: [
    {version: '1.0', month: month('2023-03')},
    {version: '2.0', month: month('2023-03')},
  ],
  readAt: month('2026-05'),
  rules: gptNeoxRules,
  defaults: {
    expert: {
      value: ({tensor}, {model: {experts}}) => (experts === null ? 1 : tensor),
      source: 'megatron/model/moe.py:45',
    },
    expertTensor: fixedDefault(1, 'megatron/model/moe.py:45'),
    sequenceParallel: fixedDefault(false, 'megatron/neox_arguments/neox_args.py: sequence_parallel'),
    sharding: fixedDefault('none', 'megatron/neox_arguments/deepspeed_args.py: zero_optimization, stage 0'),
    schedule: fixedDefault('1f1b', 'deepspeed/runtime/pipe/schedule.py'),
    recompute: fixedDefault('none', 'megatron/neox_arguments/neox_args.py: checkpoint_activations'),
    offload: fixedDefault('none', 'deepspeed/runtime/zero/config.py: offload_optimizer None'),
    overlapGradients: fixedDefault(false, 'megatron/neox_arguments/deepspeed_args.py: overlap_comm false'),
    rankOrder: fixedDefault(defaultRankOrder, 'deepspeed/runtime/pipe/topology.py'),
  },
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
