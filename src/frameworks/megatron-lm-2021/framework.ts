import {defaultRankOrder} from '../../layout/layout.js';
import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';
import {megatronLm2021Rules} from './rules.js';

export const megatronLm2021Framework: Framework = {
  name: 'megatron-lm-2021',
  title: 'Megatron-LM of 2021',
  aliases: [{pattern: /^megatron(-lm)?\b/}],
  releases: [
    {version: '2.5', month: month('2021-08')},
    {version: '2.6', month: month('2021-08')},
    {version: '3.0', month: month('2022-09')},
  ],
  readAt: month('2022-09'),
  rules: megatronLm2021Rules,
  defaults: {
    sequenceParallel: fixedDefault(false, 'megatron/arguments.py: --sequence-parallel is a flag (2022)'),
    sharding: fixedDefault('none', 'megatron/arguments.py: --use-distributed-optimizer is a flag (2022)'),
    schedule: {
      value: ({virtualStages}) => (virtualStages > 1 ? 'interleaved' : '1f1b'),
      source: 'megatron/schedules.py: interleaved where there are virtual stages',
    },
    recompute: fixedDefault('none', 'megatron/arguments.py: --checkpoint-activations is a flag (v2.5)'),
    overlapGradients: fixedDefault(
      false,
      'megatron/training.py:365-370 at v2.5: reduced after the backward pass',
    ),
    rankOrder: fixedDefault(defaultRankOrder, 'megatron/mpu/initialize.py'),
  },
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
