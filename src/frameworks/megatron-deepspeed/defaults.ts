import {defaultRankOrder} from '../../layout/layout.js';
import {fixedDefault, type LayoutDefaults} from '../framework.js';

/** What the arguments and the DeepSpeed configuration leave where they are silent. */
export const megatronDeepspeedDefaults: LayoutDefaults = {
  sequenceParallel: fixedDefault(false, 'megatron/arguments.py: no option for it'),
  sharding: {
    value: (_, {training: {precision}}) => (precision === 'bf16' ? 'optimizer' : 'none'),
    source: 'deepspeed/runtime/zero/config.py: stage 0, and bf16 shards the optimizer whatever the stage',
  },
  schedule: fixedDefault('1f1b', 'deepspeed/runtime/pipe/schedule.py'),
  recompute: fixedDefault('none', 'megatron/arguments.py: --checkpoint-activations is a flag'),
  overlapGradients: fixedDefault(
    false,
    'deepspeed/runtime/engine.py:2391: overlap_comm is switched off with a pipeline module',
  ),
  rankOrder: fixedDefault(defaultRankOrder, 'deepspeed/runtime/pipe/topology.py'),
};
