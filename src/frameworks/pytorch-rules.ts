import {numMicrobatches} from '../layout/constraints.js';
import type {LayoutRule} from '../layout/rule.js';

/*
 * Equations of torch.distributed, which torchtitan and OLMo-core run on. A framework spreads one into its rules and
 * adds its source and its error.
 */

/** Micro-batches >= stages in 1F1B. */
export const microbatchesPerStage = {
  code: 'micro-batches-per-stage',
  fields: ['schedule', 'pipeline', 'data', 'microBatch'],
  countsMicrobatches: true,
  broken: (layout, {training}) => {
    const {schedule, pipeline} = layout;
    const microbatches = numMicrobatches(layout, training);
    return schedule !== '1f1b' ||
      pipeline === 1 ||
      !Number.isInteger(microbatches) ||
      microbatches >= pipeline
      ? null
      : {microbatches, pipeline};
  },
  message: '1f1b needs at least as many micro-batches as stages, and there are {microbatches} for {pipeline}',
  hint: 'choose a larger batch, a smaller micro-batch or a smaller pipeline degree',
} as const satisfies LayoutRule;

/** Micro-batches mod rounds = 0 in the interleaved schedule, where rounds = max(1, micro-batches div stages). */
export const evenInterleavedRounds = {
  code: 'even-interleaved-rounds',
  fields: ['schedule', 'pipeline', 'data', 'microBatch'],
  countsMicrobatches: true,
  broken: (layout, {training}) => {
    const {schedule, pipeline} = layout;
    const microbatches = numMicrobatches(layout, training);
    if (schedule !== 'interleaved' || pipeline === 1 || !Number.isInteger(microbatches)) return null;
    const rounds = Math.max(1, Math.floor(microbatches / pipeline));
    return microbatches % rounds === 0 ? null : {microbatches, pipeline, rounds};
  },
  message:
    'interleaving runs {microbatches} micro-batches in max(1, {microbatches} div {pipeline}) = {rounds} rounds, which do not divide them',
  hint: 'choose a multiple of {pipeline} micro-batches, or another schedule',
} as const satisfies LayoutRule;

/** Schedules of several stages a rank have at least two model chunks on each. */
export const interleavingNeedsVirtualStages = {
  code: 'interleaving-needs-virtual-stages',
  fields: ['schedule', 'virtualStages', 'pipeline'],
  broken: ({schedule, virtualStages, pipeline}) =>
    schedule !== 'interleaved' || pipeline === 1 || virtualStages >= 2 ? null : {virtualStages},
  message: 'interleaving needs at least 2 virtual stages, and there is {virtualStages}',
  hint: 'set layout.virtual_stages to 2 or more, or layout.schedule to 1f1b',
} as const satisfies LayoutRule;

/** Embedding and head share their weights: they have to be on one stage. */
export const tiedEmbeddingsNeedOneStage = {
  code: 'tied-embeddings-need-one-stage',
  fields: ['pipeline'],
  broken: ({pipeline}, {model: {name, tiedEmbeddings}}) =>
    !tiedEmbeddings || pipeline === 1 ? null : {pipeline, model: name},
  message: '{model} ties embedding and head, which {pipeline} stages would part',
  hint: 'set layout.pipeline to 1',
} as const satisfies LayoutRule;

/** Nothing is moved to the host but parameters, gradients and optimizer together. */
export const offloadsStatesTogether = {
  code: 'offloads-states-together',
  fields: ['offload'],
  broken: ({offload}, {cluster: {software}}) =>
    offload === 'none' ? null : {offload, software: software.name},
  message: '{software} offloads parameters, gradients and optimizer together, not {offload} alone',
  hint: 'set layout.offload to none',
} as const satisfies LayoutRule;

/** Nothing but data ranks: degrees that a framework does not have. */
export const onlyDataRanks: readonly LayoutRule[] = (
  ['tensor', 'pipeline', 'context', 'expert'] as const
).map(degree => ({
  code: `only-data-ranks-${degree}`,
  fields: [degree],
  broken: (layout, {cluster: {software}}) =>
    layout[degree] === 1 ? null : {degree: layout[degree], software: software.name},
  message: `{software} has data ranks alone, and the ${degree} degree is {degree}`,
  hint: `set layout.${degree} to 1, or choose another framework`,
}));
