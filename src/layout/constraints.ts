import type {Transformer} from '../model/transformer.js';
import {divisors} from './divisors.js';
import type {Layout} from './layout.js';
import type {Training} from './training.js';

/** A broken invariant of a layout: where, the fact with its values, and what to do. */
export interface LayoutProblem {
  /** Field of the plan, such as `layout.tensor`. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** What the invariants of a layout are checked against. */
export interface LayoutContext {
  readonly model: Transformer;
  readonly training: Training;
  readonly numDevices: number;
}

/** Every invariant that `layout` breaks; empty for one that can run. */
export function layoutProblems(layout: Layout, context: LayoutContext): readonly LayoutProblem[] {
  return [
    ...worldSizeProblems(layout, context.numDevices),
    ...tensorProblems(layout, context.model, context.training),
    ...pipelineProblems(layout, context.model),
    ...scheduleProblems(layout, context.training),
    ...batchProblems(layout, context.training),
    ...expertProblems(layout, context.model),
    ...shardingProblems(layout),
  ];
}

/** Micro-batches that one data rank works through in a step; an integer for a layout without problems. */
export function numMicrobatches(layout: Layout, training: Training): number {
  return training.globalBatch / (layout.data * layout.microBatch);
}

/** Degree by degree product of the layout: tensor x context x pipeline x data. */
function worldSize(layout: Pick<Layout, 'tensor' | 'context' | 'pipeline' | 'data'>): number {
  return layout.tensor * layout.context * layout.pipeline * layout.data;
}

function worldSizeProblems(layout: Layout, numDevices: number): LayoutProblem[] {
  const product = worldSize(layout);
  if (product === numDevices) return [];
  const {tensor, context, pipeline, data} = layout;
  const factors = [
    `tensor ${tensor}`,
    ...(context > 1 ? [`context ${context}`] : []),
    `pipeline ${pipeline}`,
    `data ${data}`,
  ];
  const others = product / data;
  const fix =
    numDevices % others === 0
      ? `set layout.data to ${numDevices / others}`
      : `choose degrees whose product is ${numDevices}, or leave layout.data out`;
  return [
    {
      path: 'layout',
      message: `${factors.join(' x ')} = ${product}, but the cluster has ${numDevices} devices`,
      hint: fix,
    },
  ];
}

function tensorProblems(layout: Layout, model: Transformer, training: Training): LayoutProblem[] {
  const problems: LayoutProblem[] = [];
  const {numHeads} = model.attention;
  if (numHeads % layout.tensor !== 0) {
    problems.push({
      path: 'layout.tensor',
      message: `${layout.tensor} does not divide ${numHeads} attention heads`,
      hint: `choose one of ${divisors(numHeads).join(', ')}`,
    });
  }
  if (layout.sequenceParallel && training.sequenceLength % (layout.tensor * layout.context) !== 0) {
    problems.push({
      path: 'layout.sequence_parallel',
      message: `tensor ${layout.tensor} x context ${layout.context} does not divide a sequence of ${training.sequenceLength}`,
      hint: 'turn sequence_parallel off, or choose a tensor degree that divides the sequence',
    });
  } else if (training.sequenceLength % layout.context !== 0) {
    problems.push({
      path: 'layout.context',
      message: `${layout.context} does not divide a sequence of ${training.sequenceLength}`,
      hint: `choose one of ${divisors(training.sequenceLength).slice(0, 12).join(', ')}`,
    });
  }
  return problems;
}

function pipelineProblems(layout: Layout, model: Transformer): LayoutProblem[] {
  const problems: LayoutProblem[] = [];
  const {pipeline, virtualStages, schedule} = layout;
  const chunks = pipeline * virtualStages;
  // Embedding and head may each have a stage of their own.
  if (chunks > model.numLayers + 2) {
    problems.push({
      path: virtualStages > 1 ? 'layout.virtual_stages' : 'layout.pipeline',
      message: `pipeline ${pipeline} x virtual_stages ${virtualStages} = ${chunks} stages, but ${model.name} has ${model.numLayers} layers`,
      hint: `choose at most ${model.numLayers + 2} stages in all: a layer each, one for the embedding, one for the head`,
    });
  }
  if (virtualStages > 1 && schedule !== 'interleaved') {
    problems.push({
      path: 'layout.virtual_stages',
      message: `${virtualStages} virtual stages need schedule: interleaved, but the schedule is ${schedule}`,
      hint: 'set layout.schedule to interleaved, or virtual_stages to 1',
    });
  }
  if (virtualStages > 1 && pipeline === 1) {
    problems.push({
      path: 'layout.virtual_stages',
      message: `${virtualStages} virtual stages on a pipeline of one stage`,
      hint: 'set virtual_stages to 1, or pipeline to 2 or more',
    });
  }
  if (schedule === 'dualpipe' && pipeline % 2 !== 0) {
    problems.push({
      path: 'layout.pipeline',
      message: `dualpipe feeds micro-batches from both ends and needs an even number of stages, not ${pipeline}`,
      hint: 'choose an even pipeline degree',
    });
  }
  return problems;
}

/** DualPipe feeds micro-batches in pairs, from both ends. DeepSeek-V3, arXiv 2412.19437 sec. 3.2.1. */
function scheduleProblems(layout: Layout, training: Training): LayoutProblem[] {
  const microbatches = numMicrobatches(layout, training);
  const least = 2 * layout.pipeline;
  if (layout.schedule !== 'dualpipe' || !Number.isInteger(microbatches)) return [];
  if (microbatches % 2 === 0 && microbatches >= least) return [];
  return [
    {
      path: 'layout.schedule',
      message: `dualpipe needs an even number of micro-batches, at least 2 x pipeline ${layout.pipeline} = ${least}, and there are ${microbatches}`,
      hint: 'choose a larger batch, a smaller micro-batch, or another schedule',
    },
  ];
}

function batchProblems(layout: Layout, training: Training): LayoutProblem[] {
  const per = layout.data * layout.microBatch;
  if (training.globalBatch % per === 0) return [];
  return [
    {
      path: 'layout.micro_batch',
      message: `data ${layout.data} x micro_batch ${layout.microBatch} = ${per} does not divide a global batch of ${training.globalBatch} sequences`,
      hint: `choose a global batch that is a multiple of ${per}, or other degrees`,
    },
  ];
}

function expertProblems(layout: Layout, model: Transformer): LayoutProblem[] {
  const {expert, expertTensor} = layout;
  if (model.experts === null) {
    if (expert === 1) return [];
    return [
      {
        path: 'layout.expert',
        message: `expert ${expert}, but ${model.name} has no experts`,
        hint: 'set layout.expert to 1, or leave it out',
      },
    ];
  }
  const problems: LayoutProblem[] = [];
  if (model.experts.numExperts % expert !== 0) {
    problems.push({
      path: 'layout.expert',
      message: `${expert} does not divide ${model.experts.numExperts} experts`,
      hint: `choose one of ${divisors(model.experts.numExperts).join(', ')}`,
    });
  }
  const ranks = layout.tensor * layout.context * layout.data;
  if (ranks % (expert * expertTensor) !== 0) {
    problems.push({
      path: 'layout.expert',
      message: `expert ${expert} x expert_tensor ${expertTensor} = ${expert * expertTensor} does not divide tensor ${layout.tensor} x context ${layout.context} x data ${layout.data} = ${ranks}`,
      hint: 'experts are spread over the ranks of one pipeline stage: choose a degree that divides them',
    });
  }
  return problems;
}

/** `all` and `node` divide by what they mean; see `groupFor`. */
function shardingProblems({data, context, shardingGroup}: Layout): LayoutProblem[] {
  const ranks = data * context;
  if (typeof shardingGroup !== 'number' || ranks % Math.min(ranks, shardingGroup) === 0) return [];
  return [
    {
      path: 'layout.sharding_group',
      message: `a sharding group of ${shardingGroup} does not divide data ${data} x context ${context} = ${ranks}`,
      hint: `choose one of ${divisors(ranks).join(', ')}, or all`,
    },
  ];
}
