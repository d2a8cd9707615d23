import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';
import {nanotronRules} from './rules.js';

export const nanotronFramework: Framework = {
  name: 'nanotron',
  title: 'nanotron',
  aliases: [{pattern: /nanotron/}],
  releases: [],
  readAt: month('2026-04'),
  rules: nanotronRules,
  defaults: {
    schedule: fixedDefault('gpipe', 'src/nanotron/config/parallelism_config.py:44, AFAB'),
    sequenceParallel: fixedDefault(false, 'src/nanotron/config/parallelism_config.py:46, ALL_REDUCE'),
    asyncTensor: fixedDefault(
      false,
      'src/nanotron/config/parallelism_config.py: tp_linear_async_communication',
    ),
    sharding: fixedDefault('none', 'src/nanotron/config/config.py:409-412, no default: 0 in its examples'),
    recompute: fixedDefault('none', 'src/nanotron/config/parallelism_config.py: recompute_layer false'),
    overlapGradients: {
      value: ({sharding}) => sharding === 'none',
      source: 'src/nanotron/optim/gradient_accumulator.py:330-395: a hook of DDP, which ZeRO-1 runs without',
    },
    overlapParameters: fixedDefault(false, 'src/nanotron/optim/zero.py: gathered after the step'),
    offload: fixedDefault('none', 'src/nanotron: nothing is offloaded'),
    contextExchange: fixedDefault(
      'ring',
      'src/nanotron: attention implementations ring and llama3_ring_attention',
    ),
  },
  // The trainer resets the counters of create_table_log once gradients are there.
  logs: {memory: 'update'},
  ownFlashKernel: false,
};
