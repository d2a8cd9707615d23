import {activationsAreOffloaded} from '../../layout/layout.js';
import {
  offloadedOptimizerNeedsSharding,
  oneRankOrder,
  unsupportedOptimizer,
  unsupportedPrecision,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';

const engine = 'deepspeed/runtime/engine.py';

/** Rules that DeepSpeed enforces by itself, without Megatron's parallelism. deepspeedai/DeepSpeed at edaa722. */
export const deepspeedRules: readonly FrameworkRule[] = [
  {
    code: 'gradients-sharded-under-a-pipeline',
    fields: ['sharding', 'pipeline'],
    broken: ({sharding, pipeline}) =>
      pipeline === 1 || sharding === 'none' || sharding === 'optimizer' ? null : {sharding, pipeline},
    message: 'the pipeline engine does not shard {sharding}, and there are {pipeline} stages',
    hint: 'set layout.sharding to optimizer, or layout.pipeline to 1',
    source: 'deepspeed/runtime/pipe/engine.py:76',
    error: 'AssertionError',
  },
  {
    code: 'one-f-one-b-alone',
    fields: ['schedule', 'pipeline'],
    broken: ({schedule, pipeline}) => (pipeline === 1 || schedule === '1f1b' ? null : {schedule}),
    message: 'the pipeline engine has no schedule {schedule}',
    hint: 'set layout.schedule to 1f1b',
    source: 'deepspeed/runtime/pipe/schedule.py:189',
  },
  {
    code: 'parts-of-ranks-hold-parameters',
    fields: ['shardingGroup', 'sharding', 'data', 'context'],
    broken: ({shardingGroup, sharding, data, context}) =>
      shardingGroup === 'all' || sharding === 'none' || sharding === 'parameters' || data * context === 1
        ? null
        : {sharding, shardingGroup},
    message:
      'shards over {shardingGroup} of the data ranks are of parameters alone (MiCS), not of {sharding}',
    hint: 'set layout.sharding_group to all, or layout.sharding to parameters',
    source: 'deepspeed/runtime/zero/config.py: mics_shard_size',
  },
  {
    code: 'mics-without-offload',
    fields: ['shardingGroup', 'sharding', 'offload'],
    broken: ({shardingGroup, sharding, offload}) =>
      shardingGroup === 'all' || sharding !== 'parameters' || !offload.startsWith('optimizer')
        ? null
        : {shardingGroup},
    message: 'shards over {shardingGroup} of the ranks (MiCS) are not offloaded',
    hint: 'set layout.sharding_group to all, or layout.offload to none',
    source: 'deepspeed/runtime/zero/mics.py:422',
    error: 'AssertionError',
  },
  {...offloadedOptimizerNeedsSharding, source: 'deepspeed/runtime/zero/offload_config.py: stages 1 to 3'},
  {
    code: 'offloaded-activations-are-checkpoints',
    fields: ['offload', 'recompute'],
    broken: layout =>
      !activationsAreOffloaded(layout) || layout.recompute !== 'none' ? null : {offload: layout.offload},
    message: 'the activations that go to the host are those that checkpointing keeps',
    hint: 'set layout.recompute to full, or layout.offload to none',
    source: 'deepspeed/runtime/activation_checkpointing: cpu_checkpointing',
  },
  {
    code: 'mixed-gradients-need-sharding',
    fields: ['sharding', 'data', 'context'],
    broken: ({sharding, data, context}, {training, cluster: {software}}) => {
      const bytes = training.gradientBytes ?? software.gradientBytes;
      return sharding !== 'none' || data * context === 1 || training.precision !== 'bf16' || bytes === 2
        ? null
        : {bits: 8 * bytes};
    },
    message: 'gradients in {bits} bits of a bf16 model need ZeRO stage 1 or more',
    hint: 'set layout.sharding to optimizer, or training.gradient_bits to 16',
    source: `${engine}:2021`,
    error: 'NotImplementedError',
  },
  {...oneRankOrder, source: 'deepspeed/runtime/pipe/topology.py'},
  {
    ...unsupportedPrecision(['bf16', 'fp16', 'fp32', 'tf32'], 'bf16'),
    source: 'deepspeed/runtime/config.py:827',
  },
  {
    ...unsupportedOptimizer(['adam', 'lion', 'muon']),
    source: 'deepspeed/runtime/config.py:71-85',
  },
];
