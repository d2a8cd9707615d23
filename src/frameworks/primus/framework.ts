import {type Framework, fixedDefault} from '../framework.js';
import {megatronCoreDefaults} from '../megatron-core/defaults.js';
import {megatronCoreRules} from '../megatron-core/rules.js';
import {month} from '../release.js';

/** The Megatron backend of AMD-AGI/Primus at fd1eeabb, with defaults and schedules of its own. */
export const primusFramework: Framework = {
  name: 'primus',
  title: 'Primus',
  aliases: [{pattern: /^primus.*/}],
  releases: [
    {version: '0.5.0', month: month('2025-11')},
    {version: '0.7.0', month: month('2026-01')},
    {version: '26.2', month: month('2026-03')},
    {version: '26.5.1', month: month('2026-07')},
  ],
  readAt: month('2026-08'),
  rules: megatronCoreRules,
  defaults: {
    ...megatronCoreDefaults,
    sequenceParallel: {
      value: ({tensor}) => tensor > 1,
      source: 'primus/configs/models/megatron/language_model.yaml: sequence_parallel true',
    },
    sharding: fixedDefault(
      'optimizer',
      'primus/configs/modules/megatron/pre_trainer.yaml: use_distributed_optimizer true',
    ),
  },
  logs: {memory: 'device'},
  ownFlashKernel: true,
};
