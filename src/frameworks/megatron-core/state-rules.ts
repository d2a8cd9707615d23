import {activationsAreOffloaded, optimizerIsOffloaded, type Sharding} from '../../layout/layout.js';
import type {Optimizer} from '../../plan/training.js';
import {offloadedOptimizerNeedsSharding, unsupportedOptimizer} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {month} from '../release.js';

const argumentsFile = 'megatron/training/arguments.py';
const optimizerFile = 'megatron/core/optimizer/__init__.py';

/** Optimizers whose states are those of Adam. */
function isAdam(optimizer: Optimizer): boolean {
  return optimizer === 'adam' || optimizer === 'adam-16bit' || optimizer === 'adam-8bit';
}

/** Gradients and parameters are sharded by Megatron-FSDP alone. */
function isMegatronFsdp(sharding: Sharding): boolean {
  return sharding === 'gradients' || sharding === 'parameters';
}

/** Rules on the places of weights, gradients and optimizer states, and on what moves to the host. */
export const stateRules: readonly FrameworkRule[] = [
  {
    code: 'parameter-overlap-needs-gradient-overlap',
    fields: ['overlapParameters', 'overlapGradients', 'sharding', 'data', 'context'],
    broken: ({overlapParameters, overlapGradients, sharding, data, context}) =>
      !overlapParameters || overlapGradients || sharding === 'none' || data * context === 1
        ? null
        : {sharding},
    message: 'gathers of weights overlap with compute only where the reduction of gradients does',
    hint: 'set layout.overlap.gradients to true, or layout.overlap.parameters to false',
    source: `${argumentsFile}:1024-1029`,
    error: 'AssertionError',
  },
  {
    code: 'fsdp-under-a-pipeline',
    fields: ['sharding', 'pipeline', 'data', 'context'],
    broken: ({sharding, pipeline, data, context}, {cluster: {software}}) =>
      pipeline === 1 || data * context === 1 || !isMegatronFsdp(sharding)
        ? null
        : {sharding, pipeline, software: software.name},
    message:
      'it is not known whether {software} shards {sharding} over data ranks on {pipeline} stages: no check of its source forbids it, no test or recipe runs it',
    hint: 'set layout.sharding to optimizer, or layout.pipeline to 1; cluster.software.unchecked: true takes it as stated',
    source: `${argumentsFile}:1135-1169`,
  },
  {
    code: 'sharded-gradients-of-the-release',
    fields: ['sharding', 'data', 'context'],
    broken: ({sharding, data, context}) =>
      sharding === 'gradients' && data * context > 1 ? {sharding} : null,
    message: 'releases before 2025-02 do not shard {sharding}',
    hint: 'set layout.sharding to optimizer',
    source: `${argumentsFile}, --use-custom-fsdp since d165a8548b`,
    until: month('2025-02'),
  },
  {
    code: 'sharded-parameters-of-the-release',
    fields: ['sharding', 'data', 'context'],
    broken: ({sharding, data, context}) =>
      sharding === 'parameters' && data * context > 1 ? {sharding} : null,
    message: 'releases before 2024-11 do not shard {sharding}',
    hint: 'set layout.sharding to optimizer',
    source: `${argumentsFile}, --use-torch-fsdp2 since e1993fa6f7`,
    until: month('2024-11'),
  },
  {
    code: 'sharding-group-of-the-release',
    fields: ['shardingGroup', 'sharding', 'data', 'context'],
    broken: ({shardingGroup, sharding, data, context}) =>
      shardingGroup === 'all' || sharding === 'none' || data * context === 1 ? null : {shardingGroup},
    message: 'releases before 2024-11 shard over all data ranks, not over a group of {shardingGroup}',
    hint: 'set layout.sharding_group to all',
    source: `${argumentsFile}, --num-distributed-optimizer-instances since bb84eb93fa`,
    until: month('2024-11'),
  },
  {
    ...unsupportedOptimizer(['adam', 'adam-16bit', 'adam-8bit', 'lion', 'muon', 'sgd-momentum']),
    source: `${argumentsFile}:2914`,
    error: 'SystemExit',
  },
  {
    code: 'optimizer-states-of-the-release',
    fields: [],
    at: 'training.optimizer',
    broken: (_, {training: {optimizer}}) =>
      optimizer === 'adam-16bit' || optimizer === 'adam-8bit' ? {optimizer} : null,
    message: 'releases before 2024-12 keep the states of Adam in 32 bits, not as {optimizer}',
    hint: 'set training.optimizer to adam',
    source: `${argumentsFile}, --use-precision-aware-optimizer since 47a175b4c4`,
    until: month('2024-12'),
  },
  {
    code: 'narrow-states-need-sharding',
    fields: ['sharding', 'data', 'context'],
    broken: ({sharding, data, context}, {training: {optimizer}}) =>
      sharding !== 'none' || data * context === 1 || optimizer === 'adam' || !isAdam(optimizer)
        ? null
        : {optimizer},
    message: '{optimizer} keeps its states in 8 or 16 bits only where they are sharded',
    hint: 'set layout.sharding to optimizer, or training.optimizer to adam',
    source: `${optimizerFile}:1057`,
    error: 'ValueError',
  },
  {
    code: 'fsdp-needs-adam-or-sgd',
    fields: ['sharding', 'data', 'context'],
    broken: ({sharding, data, context}, {training: {optimizer}}) =>
      !isMegatronFsdp(sharding) || data * context === 1 || isAdam(optimizer) || optimizer === 'sgd-momentum'
        ? null
        : {sharding, optimizer},
    message: '{optimizer} does not run with sharded {sharding}',
    hint: 'set layout.sharding to optimizer or none, or training.optimizer to adam',
    source: `${argumentsFile}:1150, :1740`,
    error: 'AssertionError',
  },
  {
    code: 'layer-wise-optimizer-over-all-ranks',
    fields: ['sharding', 'shardingGroup', 'data', 'context'],
    broken: ({sharding, shardingGroup, data, context}, {training: {optimizer}}) =>
      sharding !== 'optimizer' ||
      shardingGroup === 'all' ||
      data * context === 1 ||
      (optimizer !== 'muon' && optimizer !== 'lion')
        ? null
        : {optimizer, shardingGroup},
    message: 'the states of {optimizer} are sharded over all data ranks, not over a group of {shardingGroup}',
    hint: 'set layout.sharding_group to all',
    source: `${optimizerFile}:840`,
    error: 'AssertionError',
  },
  {
    code: 'optimizer-in-fp16',
    fields: [],
    at: 'training.optimizer',
    broken: (_, {training: {optimizer, precision}}) =>
      precision !== 'fp16' || (optimizer !== 'muon' && optimizer !== 'lion') ? null : {optimizer, precision},
    message: '{optimizer} does not train in {precision}',
    hint: 'set training.precision to bf16, or training.optimizer to adam',
    source: `${optimizerFile}:775`,
    error: 'ValueError',
  },
  {
    ...offloadedOptimizerNeedsSharding,
    source: `${argumentsFile}:1884; ${optimizerFile}:1057`,
    error: 'AssertionError',
  },
  {
    code: 'offloaded-optimizer-needs-adam',
    fields: ['offload'],
    broken: (layout, {training: {optimizer}}) =>
      !optimizerIsOffloaded(layout) || isAdam(optimizer) ? null : {optimizer},
    message: '{optimizer} is not offloaded: the optimizer on the host is Adam',
    hint: 'set training.optimizer to adam, or layout.offload to none',
    source: `${argumentsFile}:1884; megatron/core/optimizer/optimizer_config.py:434`,
    error: 'AssertionError',
  },
  {
    code: 'offload-of-the-release',
    fields: ['offload'],
    broken: layout => (optimizerIsOffloaded(layout) ? {offload: layout.offload} : null),
    message: 'releases before 2025-02 do not offload the optimizer',
    hint: 'set layout.offload to none',
    source: `${argumentsFile}, --optimizer-cpu-offload since 60007c93d3`,
    until: month('2025-02'),
  },
  {
    code: 'offloaded-activations-alone',
    fields: ['offload', 'pipeline', 'recompute'],
    broken: (layout, {model: {numLayers}}) =>
      !activationsAreOffloaded(layout) ||
      (layout.pipeline === 1 && layout.recompute === 'none' && numLayers > 1)
        ? null
        : {offload: layout.offload, pipeline: layout.pipeline},
    message:
      'activations of whole layers are offloaded only on one stage of several layers and without recomputation',
    hint: 'set layout.offload to none or optimizer; from 2026-01 on single modules move to the host by --fine-grained-activation-offloading, which a plan does not state',
    source: 'megatron/core/transformer/transformer_config.py:1884-1899',
    error: 'ValueError',
  },
];
