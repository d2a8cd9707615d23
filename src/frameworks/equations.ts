import type {Precision} from '../cluster/accelerator.js';
import {numMicrobatches} from '../layout/constraints.js';
import {divisors} from '../layout/divisors.js';
import {defaultRankOrder, isSameOrder, optimizerIsOffloaded, statedLayers} from '../layout/layout.js';
import type {LayoutRule} from '../layout/rule.js';
import type {Optimizer, RampStage} from '../plan/training.js';
import {paddedVocabulary} from './padded-vocabulary.js';

/*
 * Equations that several frameworks enforce, each stated once. A framework spreads one into its rules and adds
 * its source, its error and its dates.
 */

/** KV heads mod tensor = 0: each tensor rank holds whole key-value heads of its own. */
export const keyValueHeadsPerTensorRank = {
  code: 'kv-heads-per-tensor-rank',
  fields: ['tensor'],
  broken: ({tensor}, {model: {attention}}) =>
    attention.kind === 'latent' || attention.numKeyValueHeads % tensor === 0
      ? null
      : {
          tensor,
          keyValueHeads: attention.numKeyValueHeads,
          choices: divisors(attention.numKeyValueHeads).join(', '),
        },
  message: 'tensor {tensor} does not divide {keyValueHeads} key-value heads',
  hint: 'choose one of {choices}',
} as const satisfies LayoutRule;

/** KV heads mod tensor = 0 or tensor mod KV heads = 0: above the number of heads, ranks share one. */
export const keyValueHeadsSharedByTensorRanks = {
  ...keyValueHeadsPerTensorRank,
  code: 'kv-heads-shared-by-tensor-ranks',
  broken: ({tensor}, {model: {attention}}) =>
    attention.kind === 'latent' ||
    attention.numKeyValueHeads % tensor === 0 ||
    tensor % attention.numKeyValueHeads === 0
      ? null
      : {
          tensor,
          keyValueHeads: attention.numKeyValueHeads,
          choices: divisors(attention.numHeads)
            .filter(
              degree =>
                attention.numKeyValueHeads % degree === 0 || degree % attention.numKeyValueHeads === 0,
            )
            .join(', '),
        },
  message: 'tensor {tensor} is neither a divisor nor a multiple of {keyValueHeads} key-value heads',
} as const satisfies LayoutRule;

/** Sequence mod (2 x context) = 0: each context rank takes an early and a late part. */
export const sequencePartsPerContextRank = {
  code: 'sequence-parts-per-context-rank',
  fields: ['context'],
  broken: ({context}, {training: {sequenceLength}}) =>
    context === 1 || sequenceLength % (2 * context) === 0
      ? null
      : {context, parts: 2 * context, sequenceLength},
  message: '2 x context {context} = {parts} does not divide a sequence of {sequenceLength}',
  hint: 'choose a context degree whose double divides the sequence, or pad the sequence',
} as const satisfies LayoutRule;

/** Tensor-parallel communication is only cut into overlapped pieces along the sequence. */
export const asyncTensorNeedsSequenceParallel = {
  code: 'async-tensor-needs-sequence-parallel',
  fields: ['asyncTensor', 'tensor', 'sequenceParallel'],
  broken: ({asyncTensor, tensor, sequenceParallel}) =>
    !asyncTensor || tensor === 1 || sequenceParallel ? null : {tensor},
  message: 'tensor-parallel communication is overlapped with sequence parallelism only',
  hint: 'set layout.sequence_parallel to true, or layout.async_tensor to false',
} as const satisfies LayoutRule;

/** Sequence parallelism splits sequences over tensor ranks: with one there is nothing to split. */
export const sequenceParallelNeedsTensor = {
  code: 'sequence-parallel-needs-tensor',
  fields: ['sequenceParallel', 'tensor'],
  broken: ({sequenceParallel, tensor}) => (!sequenceParallel || tensor > 1 ? null : {tensor}),
  message: 'sequence parallelism is switched off: the tensor degree is 1',
  hint: 'leave layout.sequence_parallel out',
} as const satisfies LayoutRule;

/** Experts on tensor ranks get their tokens along the sequence. */
export const expertsNeedSequenceParallel = {
  code: 'experts-need-sequence-parallel',
  fields: ['sequenceParallel', 'tensor'],
  broken: ({sequenceParallel, tensor}, {model: {experts}}) =>
    experts === null || tensor === 1 || sequenceParallel ? null : {tensor},
  message: 'experts on {tensor} tensor ranks train with sequence parallelism only',
  hint: 'set layout.sequence_parallel to true, or layout.tensor to 1',
} as const satisfies LayoutRule;

/** The stages of a training run whose batch does not ramp up. */
const noRamp: readonly RampStage[] = [];

/** Micro-batches mod pipeline = 0 in the interleaved schedule, in every step of a batch ramp. */
export const interleavedMicrobatches = {
  code: 'micro-batches-of-interleaving',
  fields: ['schedule', 'virtualStages', 'pipeline', 'data', 'microBatch'],
  countsMicrobatches: true,
  broken: (layout, {training}) => {
    const {schedule, virtualStages, pipeline} = layout;
    if (schedule !== 'interleaved' || virtualStages === 1 || pipeline === 1) return null;
    const microbatches = numMicrobatches(layout, training);
    if (!Number.isInteger(microbatches)) return null;
    if (microbatches % pipeline !== 0) return {microbatches, pipeline};
    for (const {globalBatch} of training.batchRamp ?? noRamp) {
      const ofStage = (microbatches * globalBatch) / training.globalBatch;
      if (Number.isInteger(ofStage) && ofStage % pipeline !== 0) return {microbatches: ofStage, pipeline};
    }
    return null;
  },
  message:
    'interleaving {pipeline} stages needs a multiple of {pipeline} micro-batches, and there are {microbatches}',
  hint: 'choose another batch, data degree or micro-batch, or set layout.schedule to 1f1b',
} as const satisfies LayoutRule;

/** Interleaving two stages would send and receive twice between the same two ranks at a time. */
export const interleavedStages = {
  code: 'stages-of-interleaving',
  fields: ['pipeline', 'virtualStages'],
  broken: ({pipeline, virtualStages}) => (virtualStages === 1 || pipeline !== 2 ? null : {pipeline}),
  message: 'interleaving needs more than {pipeline} stages',
  hint: 'set layout.virtual_stages to 1, or choose another pipeline degree',
} as const satisfies LayoutRule;

/** Layers mod (pipeline x virtual stages) = 0: every model chunk holds as many layers. */
export const evenModelChunks = {
  code: 'even-model-chunks',
  fields: ['pipeline', 'virtualStages'],
  broken: ({pipeline, virtualStages}, {model: {name, numLayers}}) =>
    numLayers % (pipeline * virtualStages) === 0
      ? null
      : {pipeline, virtualStages, chunks: pipeline * virtualStages, model: name, layers: numLayers},
  message:
    'pipeline {pipeline} x {virtualStages} virtual stages = {chunks} does not divide the {layers} layers of {model}',
  hint: 'choose degrees whose product divides {layers}',
} as const satisfies LayoutRule;

/** Layers that are recomputed are counted in each virtual stage. */
export const recomputedLayersPerVirtualStage = {
  code: 'recomputed-layers-per-virtual-stage',
  fields: ['recompute', 'virtualStages'],
  broken: ({recompute, virtualStages}) =>
    (statedLayers(recompute) ?? 0) % virtualStages === 0
      ? null
      : {layers: statedLayers(recompute) ?? 0, virtualStages},
  message: '{virtualStages} virtual stages do not divide the {layers} layers to recompute of each stage',
  hint: 'set layout.recompute.layers to a multiple of {virtualStages}',
} as const satisfies LayoutRule;

/** The optimizer moves to the host as the shard of a rank; over one rank it is its own shard. */
export const offloadedOptimizerNeedsSharding = {
  code: 'offloaded-optimizer-needs-sharding',
  fields: ['offload', 'sharding', 'data', 'context'],
  broken: layout =>
    layout.sharding !== 'none' || layout.data * layout.context === 1 || !optimizerIsOffloaded(layout)
      ? null
      : {offload: layout.offload},
  message: 'the optimizer is offloaded only where it is sharded',
  hint: 'set layout.sharding to optimizer, or layout.offload to none',
} as const satisfies LayoutRule;

/** Ranks have one order: tensor, context, expert, data, pipeline, fastest first. */
export const oneRankOrder = {
  code: 'rank-order',
  fields: ['rankOrder'],
  broken: ({rankOrder}) =>
    isSameOrder(rankOrder, defaultRankOrder)
      ? null
      : {order: rankOrder.join(', '), usual: defaultRankOrder.join(', ')},
  message: 'ranks are not numbered in the order {order}',
  hint: 'leave layout.rank_order out: it is {usual}',
} as const satisfies LayoutRule;

/** Each query head has a key-value head of its own. */
export const noGroupedHeads = {
  code: 'unsupported-grouped-heads',
  fields: [],
  at: 'model',
  broken: (_, {model: {name, attention}, cluster: {software}}) =>
    attention.kind === 'grouped' && attention.numKeyValueHeads === attention.numHeads
      ? null
      : {
          model: name,
          software: software.name,
          heads: attention.numHeads,
          keyValueHeads: attention.kind === 'grouped' ? attention.numKeyValueHeads : 'latent',
        },
  message: '{software} has a key-value head for each of {heads} heads, and {model} has {keyValueHeads} ones',
  hint: 'choose a model without grouped or latent heads, or another framework',
} as const satisfies LayoutRule;

/** Experts are not spread over ranks. */
export const noExpertDegree = {
  code: 'unsupported-expert',
  fields: ['expert'],
  broken: ({expert}, {cluster: {software}}) => (expert === 1 ? null : {expert, software: software.name}),
  message: '{software} has no expert parallelism, and the expert degree is {expert}',
  hint: 'set layout.expert to 1, or choose another framework',
} as const satisfies LayoutRule;

/** Norms and dropout are replicated over tensor ranks. */
export const noSequenceParallel = {
  code: 'unsupported-sequence-parallel',
  fields: ['sequenceParallel', 'tensor'],
  broken: ({sequenceParallel, tensor}, {cluster: {software}}) =>
    !sequenceParallel || tensor === 1 ? null : {software: software.name},
  message: '{software} has no sequence parallelism',
  hint: 'set layout.sequence_parallel to false',
} as const satisfies LayoutRule;

/** Nothing is recomputed but whole layers. */
export const noSelectiveRecompute = {
  code: 'unsupported-selective-recompute',
  fields: ['recompute'],
  broken: ({recompute}, {cluster: {software}}) =>
    recompute === 'selective' ? {software: software.name} : null,
  message: '{software} recomputes whole layers or nothing',
  hint: 'set layout.recompute to full or none',
} as const satisfies LayoutRule;

/** The embedding has as many rows on each tensor rank, in multiples that the stack states. */
export const vocabularyRows = {
  code: 'vocabulary-rows',
  fields: ['tensor'],
  broken: ({tensor}, {model: {vocabularySize}, cluster: {software}}) => {
    const rows = paddedVocabulary(vocabularySize, software.memory.vocabularyMultiple, tensor);
    return rows === vocabularySize ? null : {tensor, vocabulary: vocabularySize, rows};
  },
  message: 'a vocabulary of {vocabulary} is held in {rows} rows, as many on each of {tensor} tensor ranks',
  hint: 'nothing to do: the estimate counts these rows',
} as const satisfies LayoutRule;

/** Precisions that a framework does not train in. */
export function unsupportedPrecision(trained: readonly Precision[], instead: Precision): LayoutRule {
  return {
    code: 'unsupported-precision',
    fields: [],
    at: 'training.precision',
    broken: (_, {training: {precision}, cluster: {software}}) =>
      trained.includes(precision) ? null : {precision, software: software.name, instead},
    message: '{software} does not train in {precision}',
    hint: 'set training.precision to {instead}',
  };
}

/** Optimizers that a framework lacks. */
export function unsupportedOptimizer(known: readonly Optimizer[]): LayoutRule {
  return {
    code: 'unsupported-optimizer',
    fields: [],
    at: 'training.optimizer',
    broken: (_, {training: {optimizer}, cluster: {software}}) =>
      known.includes(optimizer) ? null : {optimizer, software: software.name, known: known.join(', ')},
    message: '{software} has no optimizer {optimizer}',
    hint: 'set training.optimizer to one of {known}',
  };
}
