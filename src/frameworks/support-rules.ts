import {
  contextExchanges,
  offloads,
  type Sharding,
  scheduleNames,
  shardings,
  statedLayers,
} from '../layout/layout.js';
import type {LayoutRule} from '../layout/rule.js';
import type {StackSupport} from './stack.js';

/** Every choice: that of a measured run was supported by what ran it. */
export const everySupport: StackSupport = {
  schedules: scheduleNames,
  shardings,
  pipelinedShardings: shardings,
  shardingGroups: true,
  offloads,
  contextExchanges,
  asyncTensor: true,
  overlaps: ['gradients', 'parameters'],
  partialRecompute: true,
  pipelineBeforeData: true,
};

/** Choices that a stack does not list among those that it supports. */
export const supportRules: readonly LayoutRule[] = [
  {
    code: 'unsupported-pipeline',
    fields: ['pipeline'],
    broken: ({pipeline}, {cluster: {software}}) =>
      pipeline === 1 || software.supports.schedules.length > 0 ? null : {pipeline, software: software.name},
    message: '{software} runs no pipeline, and this one has {pipeline} stages',
    hint: 'set layout.pipeline to 1, or choose another framework',
  },
  {
    code: 'unsupported-schedule',
    fields: ['schedule', 'pipeline'],
    broken: ({schedule, pipeline}, {cluster: {software}}) => {
      const {schedules} = software.supports;
      return pipeline === 1 || schedules.length === 0 || schedules.includes(schedule)
        ? null
        : {schedule, software: software.name, schedules: schedules.join(', ')};
    },
    message: '{software} has no schedule {schedule}',
    hint: 'choose one of {schedules}',
  },
  {
    code: 'unsupported-sharding',
    fields: ['sharding', 'pipeline', 'data', 'context'],
    broken: ({sharding, pipeline, data, context}, {cluster: {software}}) => {
      const {shardings, pipelinedShardings} = software.supports;
      const supported = pipeline > 1 ? pipelinedShardings : shardings;
      if (data * context === 1 || supported.includes(sharding)) return null;
      const where = pipeline > 1 && shardings.includes(sharding) ? ' under a pipeline' : '';
      return {
        sharding: shardingPhrases[sharding],
        software: software.name,
        where,
        supported: supported.join(', '),
      };
    },
    message: '{software} does not run with {sharding}{where}',
    hint: 'set layout.sharding to one of {supported}',
  },
  {
    code: 'unsupported-sharding-group',
    fields: ['shardingGroup', 'sharding', 'data', 'context'],
    broken: ({shardingGroup, sharding, data, context}, {cluster: {software}}) =>
      shardingGroup === 'all' ||
      sharding === 'none' ||
      data * context === 1 ||
      software.supports.shardingGroups
        ? null
        : {shardingGroup, software: software.name},
    message: '{software} shards over all data ranks, not over a group of {shardingGroup}',
    hint: 'set layout.sharding_group to all',
  },
  {
    code: 'unsupported-offload',
    fields: ['offload'],
    broken: ({offload}, {cluster: {software}}) =>
      software.supports.offloads.includes(offload)
        ? null
        : {offload, software: software.name, offloads: software.supports.offloads.join(', ')},
    message: '{software} does not offload {offload}',
    hint: 'set layout.offload to one of {offloads}',
  },
  {
    code: 'unsupported-context',
    fields: ['context'],
    broken: ({context}, {cluster: {software}}) =>
      context === 1 || software.supports.contextExchanges.length > 0
        ? null
        : {context, software: software.name},
    message: '{software} has no context parallelism, and the context degree is {context}',
    hint: 'set layout.context to 1',
  },
  {
    code: 'unsupported-context-exchange',
    fields: ['contextExchange', 'context'],
    broken: ({contextExchange, context}, {cluster: {software}}) => {
      const {contextExchanges} = software.supports;
      return context === 1 || contextExchanges.length === 0 || contextExchanges.includes(contextExchange)
        ? null
        : {contextExchange, software: software.name, contextExchanges: contextExchanges.join(', ')};
    },
    message: '{software} does not exchange keys and values by {contextExchange}',
    hint: 'set layout.context_exchange to one of {contextExchanges}',
  },
  {
    code: 'unsupported-async-tensor',
    fields: ['asyncTensor', 'tensor'],
    broken: ({asyncTensor, tensor}, {cluster: {software}}) =>
      !asyncTensor || tensor === 1 || software.supports.asyncTensor ? null : {software: software.name},
    message: '{software} does not overlap tensor-parallel communication with the products that it feeds',
    hint: 'set layout.async_tensor to false',
  },
  {
    code: 'unsupported-gradient-overlap',
    fields: ['overlapGradients', 'data', 'context'],
    broken: ({overlapGradients, data, context}, {cluster: {software}}) =>
      !overlapGradients || data * context === 1 || software.supports.overlaps.includes('gradients')
        ? null
        : {software: software.name},
    message: '{software} reduces gradients after the backward pass, not beside it',
    hint: 'set layout.overlap.gradients to false',
  },
  {
    code: 'unsupported-parameter-overlap',
    fields: ['overlapParameters', 'sharding', 'data', 'context'],
    broken: ({overlapParameters, sharding, data, context}, {cluster: {software}}) =>
      !overlapParameters ||
      sharding === 'none' ||
      data * context === 1 ||
      software.supports.overlaps.includes('parameters')
        ? null
        : {software: software.name},
    message: '{software} gathers weights before it computes, not beside it',
    hint: 'set layout.overlap.parameters to false',
  },
  {
    code: 'unsupported-partial-recompute',
    fields: ['recompute'],
    broken: ({recompute}, {cluster: {software}}) =>
      statedLayers(recompute) === null || software.supports.partialRecompute
        ? null
        : {layers: statedLayers(recompute) ?? 0, software: software.name},
    message: '{software} recomputes all layers or none in full, not {layers} of a stage',
    hint: 'set layout.recompute to full, selective or none',
  },
  {
    code: 'unsupported-rank-order',
    fields: ['rankOrder', 'pipeline', 'data'],
    broken: ({rankOrder, pipeline, data}, {cluster: {software}}) =>
      pipeline === 1 ||
      data === 1 ||
      software.supports.pipelineBeforeData ||
      rankOrder.indexOf('data') < rankOrder.indexOf('pipeline')
        ? null
        : {order: rankOrder.join(', '), software: software.name},
    message: '{software} does not number pipeline ranks faster than data ranks: {order}',
    hint: 'leave layout.rank_order out',
  },
];

const shardingPhrases: Readonly<Record<Sharding, string>> = {
  none: 'states that are not sharded',
  optimizer: 'a sharded optimizer (ZeRO-1)',
  gradients: 'sharded gradients (ZeRO-2)',
  parameters: 'sharded parameters (ZeRO-3, FSDP)',
};
