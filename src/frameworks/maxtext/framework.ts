import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';
import {maxtextRules} from './rules.js';

export const maxtextFramework: Framework = {
  name: 'maxtext',
  title: 'MaxText',
  aliases: [{pattern: /maxtext|pax(ml)?|axlearn|levanter|\bjax\b/}],
  releases: [],
  readAt: month('2026-08'),
  rules: maxtextRules,
  defaults: {
    sharding: {
      value: ({data, context}) => (data * context > 1 ? 'parameters' : 'none'),
      source: 'src/maxtext/configs/base.yml: ici_fsdp_parallelism -1',
    },
    shardingGroup: fixedDefault('all', 'src/maxtext/configs/base.yml: ici_fsdp_parallelism -1'),
    recompute: fixedDefault('full', 'src/maxtext/configs/base.yml: remat_policy full'),
    sequenceParallel: fixedDefault(false, 'src/maxtext/configs/base.yml: tensor_sequence 1'),
    schedule: {
      value: ({virtualStages}) => (virtualStages > 1 ? 'interleaved' : 'gpipe'),
      source: 'src/maxtext/layers/pipeline.py: one circular pipeline',
    },
    contextExchange: fixedDefault('all-gather', 'src/maxtext/configs/base.yml: context_parallel_strategy'),
    causalBalancing: fixedDefault(true, 'src/maxtext/configs/base.yml: context_parallel_load_balance'),
    overlapGradients: fixedDefault(true, 'XLA: latency-hiding scheduler'),
    overlapParameters: fixedDefault(true, 'XLA: latency-hiding scheduler'),
    offload: fixedDefault('none', 'src/maxtext/configs/base.yml:384'),
  },
  recomputesModules: true,
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
