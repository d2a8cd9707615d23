import type {Training} from '../plan/training.js';
import {divisors} from './divisors.js';
import type {Layout} from './layout.js';
import {checkRule, type LayoutProblem, type LayoutRule, type RuleSubject} from './rule.js';
import {factsOfSchedule, numModelChunks} from './schedules.js';

/** Embedding and head may each have a stage of their own. */
const endStages = 2;

/** Rules that hold in every framework: what a layout is, and what a model and a cluster can be divided by. */
export const layoutRules: readonly LayoutRule[] = [
  {
    code: 'world-size',
    fields: ['tensor', 'context', 'pipeline', 'data'],
    at: 'layout',
    broken: ({tensor, context, pipeline, data}, {cluster: {numDevices}}) => {
      const product = tensor * context * pipeline * data;
      if (product === numDevices) return null;
      const others = product / data;
      const fix =
        numDevices % others === 0
          ? `set layout.data to ${numDevices / others}`
          : `choose degrees whose product is ${numDevices}, or leave layout.data out`;
      return {factors: factorsOf({tensor, context, pipeline, data}), product, devices: numDevices, fix};
    },
    message: '{factors} = {product}, but the cluster has {devices} devices',
    hint: '{fix}',
  },
  {
    code: 'heads-per-tensor-rank',
    fields: ['tensor'],
    broken: (
      {tensor},
      {
        model: {
          attention: {numHeads},
        },
      },
    ) => (numHeads % tensor === 0 ? null : {tensor, heads: numHeads, choices: divisors(numHeads).join(', ')}),
    message: '{tensor} does not divide {heads} attention heads',
    hint: 'choose one of {choices}',
  },
  {
    code: 'sequence-per-tensor-rank',
    fields: ['sequenceParallel', 'tensor'],
    broken: ({sequenceParallel, tensor}, {training: {sequenceLength}}) =>
      !sequenceParallel || sequenceLength % tensor === 0 ? null : {tensor, sequenceLength},
    message: 'tensor {tensor} does not divide a sequence of {sequenceLength}',
    hint: 'turn sequence_parallel off, or choose a tensor degree that divides the sequence',
  },
  {
    code: 'sequence-per-tensor-and-context-rank',
    fields: ['sequenceParallel', 'tensor', 'context'],
    broken: ({sequenceParallel, tensor, context}, {training: {sequenceLength}}) =>
      !sequenceParallel ||
      sequenceLength % (tensor * context) === 0 ||
      sequenceLength % tensor !== 0 ||
      sequenceLength % context !== 0
        ? null
        : {tensor, context, sequenceLength},
    message: 'tensor {tensor} x context {context} does not divide a sequence of {sequenceLength}',
    hint: 'turn sequence_parallel off, or choose degrees whose product divides the sequence',
  },
  {
    code: 'sequence-per-context-rank',
    fields: ['context'],
    broken: ({context}, {training: {sequenceLength}}) =>
      sequenceLength % context === 0
        ? null
        : {context, sequenceLength, choices: divisors(sequenceLength).slice(0, 12).join(', ')},
    message: '{context} does not divide a sequence of {sequenceLength}',
    hint: 'choose one of {choices}',
  },
  {
    code: 'layers-per-stage',
    fields: ['pipeline'],
    broken: ({pipeline}, {model: {name, numLayers}}) =>
      pipeline <= numLayers + endStages
        ? null
        : {pipeline, model: name, layers: numLayers, most: numLayers + endStages},
    message: '{pipeline} stages, but {model} has {layers} layers',
    hint: 'choose at most {most}: a layer each, one for the embedding, one for the head',
  },
  {
    code: 'layers-per-model-chunk',
    fields: ['virtualStages', 'pipeline', 'schedule'],
    broken: (layout, {model: {name, numLayers}}) => {
      const {pipeline, schedule} = layout;
      const chunks = numModelChunks(layout);
      // The two chunks of a stage in a V hold embedding and head together.
      const most = factsOfSchedule(schedule).chunksPerStage === 2 ? numLayers : numLayers + endStages;
      return pipeline > numLayers + endStages || chunks <= most
        ? null
        : {pipeline, perStage: chunks / pipeline, schedule, chunks, model: name, layers: numLayers, most};
    },
    message:
      'pipeline {pipeline} x {perStage} model chunks a stage ({schedule}) = {chunks} chunks, but {model} has {layers} layers',
    hint: 'choose degrees with at most {most} chunks in all',
  },
  {
    code: 'virtual-stages-need-interleaving',
    fields: ['virtualStages', 'schedule'],
    broken: ({virtualStages, schedule}) =>
      virtualStages === 1 || schedule === 'interleaved' ? null : {virtualStages, schedule},
    message: '{virtualStages} virtual stages need schedule: interleaved, but the schedule is {schedule}',
    hint: 'set layout.schedule to interleaved, or virtual_stages to 1',
  },
  {
    code: 'virtual-stages-need-a-pipeline',
    fields: ['virtualStages', 'pipeline'],
    broken: ({virtualStages, pipeline}) => (virtualStages === 1 || pipeline > 1 ? null : {virtualStages}),
    message: '{virtualStages} virtual stages on a pipeline of one stage',
    hint: 'set virtual_stages to 1, or pipeline to 2 or more',
  },
  {
    code: 'stages-of-the-schedule',
    fields: ['pipeline', 'schedule'],
    broken: ({pipeline, schedule}) => {
      const problem = factsOfSchedule(schedule).stagesProblem(pipeline);
      return problem === null ? null : {problem, pipeline, schedule};
    },
    message: '{problem}',
    hint: 'choose an even pipeline degree, or another schedule',
  },
  {
    code: 'micro-batches-of-the-schedule',
    fields: ['schedule', 'pipeline', 'data', 'microBatch'],
    countsMicrobatches: true,
    broken: (layout, {training}) => {
      const {schedule, pipeline} = layout;
      const microbatches = numMicrobatches(layout, training);
      if (!Number.isInteger(microbatches)) return null;
      const problem = factsOfSchedule(schedule).microbatchesProblem(pipeline, microbatches);
      return problem === null ? null : {problem, schedule, pipeline, microbatches};
    },
    message: '{problem}',
    hint: 'choose a larger batch, a smaller micro-batch, or another schedule',
  },
  {
    code: 'sequences-per-data-rank',
    fields: ['data'],
    broken: ({data}, {training: {globalBatch}}) => (globalBatch % data === 0 ? null : {data, globalBatch}),
    message: 'data {data} does not divide a global batch of {globalBatch} sequences',
    hint: 'choose a global batch that is a multiple of {data}, or other degrees',
  },
  {
    code: 'sequences-per-micro-batch',
    fields: ['microBatch', 'data'],
    broken: ({microBatch, data}, {training: {globalBatch}}) =>
      globalBatch % data !== 0 || globalBatch % (data * microBatch) === 0
        ? null
        : {data, microBatch, per: data * microBatch, globalBatch},
    message:
      'data {data} x micro_batch {microBatch} = {per} does not divide a global batch of {globalBatch} sequences',
    hint: 'choose a global batch that is a multiple of {per}, or other degrees',
  },
  {
    code: 'expert-degree-needs-experts',
    fields: ['expert'],
    broken: ({expert}, {model}) =>
      model.experts !== null || expert === 1 ? null : {expert, model: model.name},
    message: 'expert {expert}, but {model} has no experts',
    hint: 'set layout.expert to 1, or leave it out',
  },
  {
    code: 'experts-per-expert-rank',
    fields: ['expert'],
    broken: ({expert}, {model: {experts}}) =>
      experts === null || experts.numExperts % expert === 0
        ? null
        : {expert, experts: experts.numExperts, choices: divisors(experts.numExperts).join(', ')},
    message: '{expert} does not divide {experts} experts',
    hint: 'choose one of {choices}',
  },
  {
    code: 'ranks-per-expert-group',
    fields: ['expert', 'expertTensor', 'tensor', 'context', 'data'],
    broken: ({expert, expertTensor, tensor, context, data}, {model}) => {
      const ranks = tensor * context * data;
      const group = expert * expertTensor;
      return model.experts === null || ranks % group === 0
        ? null
        : {expert, expertTensor, group, tensor, context, data, ranks};
    },
    message:
      'expert {expert} x expert_tensor {expertTensor} = {group} does not divide tensor {tensor} x context {context} x data {data} = {ranks}',
    hint: 'experts are spread over the ranks of one pipeline stage: choose a degree that divides them',
  },
  {
    // `all` and `node` divide by what they mean: see `shardRanks`.
    code: 'ranks-per-sharding-group',
    fields: ['shardingGroup', 'data', 'context'],
    broken: ({shardingGroup, data, context}) => {
      const ranks = data * context;
      return typeof shardingGroup !== 'number' || ranks % Math.min(ranks, shardingGroup) === 0
        ? null
        : {shardingGroup, data, context, ranks, choices: divisors(ranks).join(', ')};
    },
    message: 'a sharding group of {shardingGroup} does not divide data {data} x context {context} = {ranks}',
    hint: 'choose one of {choices}, or all',
  },
];

/** Every invariant that `layout` breaks; empty for one that is a layout of this model on this cluster. */
export function layoutProblems(layout: Layout, subject: RuleSubject): readonly LayoutProblem[] {
  return layoutRules.flatMap(rule => checkRule(rule, layout, subject) ?? []);
}

/** Micro-batches that one data rank works through in a step; an integer for a layout without problems. */
export function numMicrobatches(layout: Pick<Layout, 'data' | 'microBatch'>, training: Training): number {
  return training.globalBatch / (layout.data * layout.microBatch);
}

function factorsOf({
  tensor,
  context,
  pipeline,
  data,
}: Pick<Layout, 'tensor' | 'context' | 'pipeline' | 'data'>): string {
  return [
    `tensor ${tensor}`,
    ...(context > 1 ? [`context ${context}`] : []),
    `pipeline ${pipeline}`,
    `data ${data}`,
  ].join(' x ');
}
