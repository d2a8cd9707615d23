import {defaultRankOrder} from '../../layout/layout.js';
import {fixedDefault, type LayoutDefaults} from '../framework.js';

/** What Megatron-LM takes where no argument is given. NVIDIA/Megatron-LM at d98e8a6. */
export const megatronCoreDefaults: LayoutDefaults = {
  expertTensor: {value: ({tensor}) => tensor, source: 'megatron/training/arguments.py:587'},
  sequenceParallel: fixedDefault(false, 'megatron/core/model_parallel_config.py:94'),
  sharding: fixedDefault('none', 'megatron/training/arguments.py: no --use-distributed-optimizer'),
  shardingGroup: fixedDefault(
    'all',
    'megatron/training/arguments.py: --num-distributed-optimizer-instances 1',
  ),
  schedule: {
    value: ({virtualStages}) => (virtualStages > 1 ? 'interleaved' : '1f1b'),
    source: 'megatron/core/pipeline_parallel/schedules.py: interleaved where there are virtual stages',
  },
  recompute: fixedDefault(
    'none',
    'megatron/core/transformer/transformer_config.py: recompute_granularity None',
  ),
  offload: fixedDefault('none', 'megatron/core/optimizer/optimizer_config.py: optimizer_cpu_offload False'),
  asyncTensor: fixedDefault(false, 'megatron/core/model_parallel_config.py:265'),
  overlapGradients: fixedDefault(
    false,
    'megatron/training/arguments.py:3121: --overlap-grad-reduce is a flag',
  ),
  overlapParameters: fixedDefault(
    false,
    'megatron/training/arguments.py:3148: --overlap-param-gather is a flag',
  ),
  contextExchange: fixedDefault('ring', 'megatron/training/arguments.py:3221: p2p'),
  causalBalancing: fixedDefault(true, 'megatron/training/arguments.py:1336'),
  rankOrder: fixedDefault(defaultRankOrder, 'megatron/core/parallel_state.py:617'),
};
