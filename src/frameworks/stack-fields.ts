import {precisions} from '../cluster/accelerator.js';
import {contextExchanges, offloads, scheduleNames, shardings} from '../layout/layout.js';
import type {DimensionName} from '../units/dimension.js';
import {
  attentionKernels,
  eagerLosses,
  eagerNorms,
  expertDispatches,
  gradientSyncs,
  reductionUnits,
  type StackFacts,
  selectiveRecomputes,
  stageBalances,
} from './stack.js';

/** A fact of a stack: what its value is in YAML and in the record, and how far a fit may move it. */
export type StackField =
  | NumberField
  | BitsField
  | WordField
  | WordsField
  | FlagField
  | RangeField
  | FactGroup;

/** A quantity in the base unit of its dimension. */
export interface NumberField {
  readonly kind: 'number';
  readonly dimension: DimensionName;
  readonly isWhole: boolean;
  readonly mayBeZero: boolean;
  /** Greatest value; null: unbounded. */
  readonly most: number | null;
  /** Null: stated, never fitted. */
  readonly fit: FitBounds | null;
}

/** Range of a fitted constant, and the standard deviation of the prior around its stated value. */
export interface FitBounds {
  readonly low: number;
  readonly high: number;
  /** On a logarithmic scale, or on that of log-odds for a share of something. */
  readonly spread: number;
}

/** Bits in YAML, bytes in the record. `choices` null: any whole number. */
export interface BitsField {
  readonly kind: 'bits';
  readonly choices: readonly number[] | null;
}

export interface WordField {
  readonly kind: 'word';
  readonly words: readonly [string, ...string[]];
}

export interface WordsField {
  readonly kind: 'words';
  readonly words: readonly [string, ...string[]];
  readonly mayBeEmpty: boolean;
}

export interface FlagField {
  readonly kind: 'flag';
}

/** Least and greatest of each measured figure, inherited as a whole. */
export interface RangeField {
  readonly kind: 'range';
  readonly description: string;
}

/** Facts that stand under one key. */
export interface FactGroup {
  readonly kind: 'group';
  readonly members: Readonly<Record<string, StackField>>;
  /** Sources of its facts: one for the group, or one for each. */
  readonly sources: 'together' | 'apart';
  /** Member that a bare value states, and that stands in for members that are absent; null: none does. */
  readonly otherwise: string | null;
  readonly description: string | null;
}

const flag: FlagField = {kind: 'flag'};

function number(
  dimension: DimensionName,
  {fit = null, ...bounds}: Partial<Omit<NumberField, 'kind' | 'dimension'>> = {},
): NumberField {
  return {kind: 'number', dimension, isWhole: false, mayBeZero: false, most: null, ...bounds, fit};
}

const time = (fit: FitBounds) => number('time', {mayBeZero: true, fit});
const scale = (fit: FitBounds | null = null) => number('fraction', {fit});
const share = (fit: FitBounds | null = null) => number('fraction', {mayBeZero: true, most: 1, fit});
const size = () => number('bytes', {mayBeZero: true});
const bits = (...choices: readonly number[]): BitsField => ({
  kind: 'bits',
  choices: choices.length === 0 ? null : choices,
});
const word = (words: WordField['words']): WordField => ({kind: 'word', words});
const words = (known: WordsField['words'], mayBeEmpty: boolean): WordsField => ({
  kind: 'words',
  words: known,
  mayBeEmpty,
});

function group<const Members extends Readonly<Record<string, StackField>>>(
  members: Members,
  {
    sources = 'together',
    otherwise = null,
    description = null,
  }: Partial<Omit<FactGroup, 'kind' | 'members'>> = {},
): FactGroup & {readonly members: Members} {
  return {kind: 'group', members, sources, otherwise, description};
}

const gemm = (isFitted: boolean) => scale(isFitted ? {low: 0.4, high: 1.25, spread: 0.15} : null);
const link = (spread: number) => scale({low: 0.2, high: 1.25, spread});
const hidden = share({low: 0.01, high: 0.99, spread: 1});
const residual = (of: string) =>
  group({p10: scale(), p90: scale()}, {description: `measured over predicted ${of}`});
/** Formats that a stack casts for by kernels of its own. */
const cast = new Set<string>(['fp8', 'mxfp8', 'nvfp4']);

/**
 * Every fact of a stack, by its name in the record. Its key in YAML is the same in snake case, with bits for
 * bytes. The schema of the files, their transcription, what a fit may move and what it writes follow from
 * this table; values that nothing states are those of the framework `generic`.
 */
const facts = {
  gemmScale: group(
    {default: gemm(true), ...Object.fromEntries(precisions.map(name => [name, gemm(cast.has(name))]))},
    {otherwise: 'default'},
  ),
  attentionKernel: word(attentionKernels),
  attentionScale: scale({low: 0.3, high: 1.5, spread: 0.25}),
  flashHeadLimit: number('count', {isWhole: true}),
  memoryScale: scale({low: 0.3, high: 1.25, spread: 0.2}),
  expertScale: scale({low: 0.15, high: 1.5, spread: 0.35}),
  linkScale: group({node: link(0.2), fabric: link(0.3)}),
  kernelLaunch: time({low: 1e-6, high: 150e-6, spread: 0.7}),
  collectiveLaunch: time({low: 1e-6, high: 500e-6, spread: 0.7}),
  messageLaunch: time({low: 1e-6, high: 0.1, spread: 1.5}),
  ringStep: time({low: 1e-7, high: 2e-3, spread: 0.5}),
  stepOverhead: time({low: 1e-3, high: 2, spread: 1}),
  fused: group({
    norm: flag,
    activation: flag,
    residual: flag,
    rotary: flag,
    crossEntropy: flag,
    optimizer: flag,
  }),
  eagerNorm: word(eagerNorms),
  eagerLoss: word(eagerLosses),
  selectiveRecompute: word(selectiveRecomputes),
  expertDispatch: word(expertDispatches),
  expertDispatchBytes: bits(8, 16),
  stageBalance: word(stageBalances),
  overlap: group(
    {
      gradientReduction: hidden,
      parameterGather: hidden,
      tensor: hidden,
      pipeline: hidden,
      expert: hidden,
      context: hidden,
      computeSlowdown: hidden,
    },
    {sources: 'apart'},
  ),
  gradientBytes: bits(16, 32),
  gradientReduceBytes: bits(16, 32),
  fp16GradientBytes: bits(16, 32),
  reduction: group({
    replicas: word(reductionUnits),
    optimizer: word(reductionUnits),
    newWeights: word(reductionUnits),
    states: word(reductionUnits),
    bucket: number('count', {isWhole: true}),
    bucketPerRank: number('count', {isWhole: true, mayBeZero: true}),
    gatherBucket: number('count', {isWhole: true}),
    sync: word(gradientSyncs),
    sharded: word(['reduce-scatter', 'all-reduce']),
  }),
  supports: group(
    {
      schedules: words(scheduleNames, true),
      shardings: words(shardings, false),
      pipelinedShardings: words(shardings, false),
      shardingGroups: flag,
      offloads: words(offloads, false),
      contextExchanges: words(contextExchanges, true),
      asyncTensor: flag,
      overlaps: words(['gradients', 'parameters'], true),
      partialRecompute: flag,
      pipelineBeforeData: flag,
    },
    {description: 'what the framework can run: the planner chooses from it; no schedules: no pipeline'},
  ),
  memory: group(
    {
      context: size(),
      communicator: size(),
      reserve: number('fraction', {mayBeZero: true}),
      usable: share(),
      workspace: size(),
      weightBytes: bits(16, 32),
      shardGradientBytes: bits(0, 32),
      gradientBuckets: word(['one', 'all']),
      updateGather: word(['in-place', 'buffered']),
      gatherBuffers: number('count', {isWhole: true, mayBeZero: true}),
      loss: word(['sharded', 'gathered']),
      logitBytes: bits(),
      fusedLogitBytes: bits(),
      narrowBytes: group(
        {productInput: bits(), attentionOutput: bits(), activationInput: bits()},
        {description: 'activations that wait for the backward pass while products run in 8 bits or fewer'},
      ),
      vocabularyMultiple: number('count', {isWhole: true, mayBeZero: true}),
    },
    {sources: 'apart'},
  ),
  stepResidual: residual('step time'),
  memoryResidual: residual('memory'),
  measuredRange: {
    kind: 'range',
    description:
      'least and greatest of each among the runs that the constants were fitted to; one number: from 1 to it',
  },
} satisfies {readonly [Name in keyof StackFacts]: FieldOf<StackFacts[Name]>};

/** The kinds of field that can hold a value. */
type FieldOf<Value> = null extends Value
  ? RangeField
  : Value extends boolean
    ? FlagField
    : Value extends number
      ? NumberField | BitsField
      : Value extends string
        ? WordField
        : Value extends readonly string[]
          ? WordsField
          : FactGroup & {
              readonly members: {readonly [Name in keyof Value]: FieldOf<NonNullable<Value[Name]>>};
            };

/** All facts as one group. */
export const allFacts: FactGroup = group(facts, {sources: 'apart'});

/** `gradientBytes` -> `gradient_bits`; names that YAML spells the same stay. */
export function yamlKey(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`).replace(/_bytes$/, '_bits');
}
