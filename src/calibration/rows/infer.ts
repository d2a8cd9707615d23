import type {Transformer} from '../../model/transformer.js';
import type {Training} from '../../plan/training.js';
import {columns, type RawRun} from './columns.js';
import {type Correction, correctRun} from './corrections.js';
import type {InferredRun} from './framework-choices.js';
import type {MeasuredFigures} from './measurement.js';
import type {ParsedRow} from './parse-row.js';
import {type LaidOutRun, rowLayout} from './row-layout.js';
import {knownModel, rowModel, type ShapedRun} from './row-model.js';

/** What is known besides the row itself. */
export interface RowKnowledge {
  /** Models that a row may name, or that have the experts of which a row states only the number. */
  readonly models: readonly Transformer[];
  readonly corrections: readonly Correction[];
}

/** Fields without which nothing can be predicted. */
const requiredFields = [
  'hardware',
  'numDevices',
  'numLayers',
  'hiddenSize',
  'numHeads',
  'sequenceLength',
  'globalBatch',
  'tensor',
  'pipeline',
  'microBatch',
] as const satisfies readonly (keyof RawRun)[];

/** Tasks whose steps are those of pre-training. */
const trainsAllWeights: ReadonlySet<string> = new Set(['pretrain', 'full-fine-tuning']);

type CompleteRun = LaidOutRun & ShapedRun & {readonly hardware: string};

function isComplete(run: RawRun): run is CompleteRun {
  return requiredFields.every(field => run[field] !== null);
}

/** The measured run that a row describes, or why it cannot be predicted. What its framework decides is still open. */
export function inferRun(
  {id, run: stated, faults, assumptions: spellings}: ParsedRow,
  {models, corrections}: RowKnowledge,
): InferredRun | {readonly reason: string} {
  if (faults.length > 0) {
    return {reason: faults.map(({column, message}) => `${column} ${message}`).join('; ')};
  }
  const corrected = correctRun(stated, corrections);
  const noted = inferFlags(corrected.run);
  const counted = inferCounts(noted.run);
  const known = knownModel(counted, models);
  const run = known === null ? counted : {...counted, ...layersOf(known)};
  if (!isComplete(run)) {
    const unknown = requiredFields.filter(field => run[field] === null).map(field => columns[field].name);
    return {reason: `unknown: ${unknown.join(', ')}`};
  }
  if (run.task !== null && !trainsAllWeights.has(run.task)) {
    return {reason: `task ${run.task} trains a part of the weights`};
  }
  const described = rowModel(run, known, models);
  if ('reason' in described) return described;
  const laidOut = rowLayout(run);
  if ('reason' in laidOut) return laidOut;
  const measurement = {
    id,
    source: run.source ?? '',
    confidence: run.confidence ?? 'high',
    framework: frameworkName(run),
    hardware: run.hardware,
    network: run.network ?? '',
    numDevices: run.numDevices,
    model: described.model,
    training: rowTraining(run),
    layout: laidOut.layout,
    kernels: {fusedNorm: run.fusedNorm, compiled: run.compiled, compiledLoss: null},
    assumptions: [
      ...corrected.assumptions,
      ...spellings,
      ...noted.assumptions,
      ...(run.task === 'full-fine-tuning'
        ? ['full fine-tuning: taken as pre-training of full sequences']
        : []),
      ...described.assumptions,
      ...(run.precision === null ? ['precision not stated: taken as bf16'] : []),
      ...laidOut.assumptions,
    ],
    allReduceBandwidth: run.allReduceBandwidth,
    nodeAllReduceBandwidth: run.nodeAllReduceBandwidth,
    loggedMemory: run.loggedMemory === 'unknown' ? null : run.loggedMemory,
    measured: rowFigures(run),
  };
  return {measurement, stated: run};
}

/** As tables name it, with the release of the container that it ran in where the source names one. */
function frameworkName({framework, source}: RawRun): string {
  const release = /\b(\d\d\.\d\d)(?:\.\d+)? \w+ Container\b/.exec(source ?? '')?.[1];
  return release === undefined ? (framework ?? '') : `${framework ?? ''} ${release}`;
}

/** Phrases of notes, and the flags that they state wherever they stand. */
const phrases = [
  {pattern: /\bno overlap of comm/, field: 'overlapGradients', value: false},
  {pattern: /\bno overlap of comm/, field: 'overlapParameters', value: false},
  {pattern: /overlap[-_ ]grad(ient)?[-_ ]reduc/, field: 'overlapGradients', value: true},
  {pattern: /overlap[-_ ]param(eter)?[-_ ]gather/, field: 'overlapParameters', value: true},
] as const;

/** Techniques that notes list, and the flags that they belong to. */
const techniques = [
  {pattern: /^(torch\.)?compile$/, field: 'compiled'},
  {pattern: /^async ?tp$/, field: 'asyncTensor'},
] as const;

/**
 * A run with the flags that its notes state and its columns leave open: "FSDP + CP + compile + Float8" is a
 * list, and its members ran. Other sentences are not read, but for some phrases.
 */
function inferFlags(run: RawRun): {readonly run: RawRun; readonly assumptions: readonly string[]} {
  const notes = (run.notes ?? '').toLowerCase();
  const members = notes
    .split(/[;,()]/)
    .filter(clause => clause.includes('+'))
    .flatMap(clause => clause.split('+').map(member => member.trim()));
  const listed = techniques
    .filter(({pattern}) => members.some(member => pattern.test(member)))
    .map(({field}) => ({field, value: true}));
  const phrased = phrases.filter(({pattern}) => pattern.test(notes));
  const noted = [...listed, ...phrased].filter(({field}) => run[field] === null);
  return {
    run: {...run, ...Object.fromEntries(noted.map(({field, value}) => [field, value]))},
    assumptions: noted.map(({field}) => `${columns[field].name} not stated: taken from the notes`),
  };
}

function layersOf({numLayers, hiddenSize, attention}: Transformer) {
  return {numLayers, hiddenSize, numHeads: attention.numHeads};
}

function rowTraining({sequenceLength, globalBatch, ...run}: CompleteRun): Training {
  return {
    tokens: sequenceLength * globalBatch,
    sequenceLength,
    globalBatch,
    precision: run.precision ?? 'bf16',
    optimizer: run.optimizer ?? 'adam',
    attentionKernel: run.attentionKernel ?? (run.flashAttention === false ? 'fused-softmax' : null),
    gradientBytes: null,
    expertImbalance: 1,
  };
}

/** What was measured: the step by its time, or else by its throughput. */
function rowFigures(run: CompleteRun): MeasuredFigures {
  const {stepSeconds, tokensPerSecondPerDevice: rate, peakMemoryBytes, reservedMemoryBytes, outcome} = run;
  const tokens = run.sequenceLength * run.globalBatch;
  return {
    stepSeconds: stepSeconds ?? (rate === null ? null : tokens / (rate * run.numDevices)),
    peakMemoryBytes,
    reservedMemoryBytes,
    fits: outcome !== 'out-of-memory',
  };
}

type CountField = 'numDevices' | 'tensor' | 'pipeline' | 'context' | 'data' | 'microBatch' | 'globalBatch';

/**
 * A run with the counts that follow from those it states: devices from nodes, one degree from the others,
 * micro-batch or global batch from the other and the accumulation steps. Nothing is guessed.
 */
function inferCounts(run: RawRun): RawRun {
  const {numDevices, tensor, pipeline, context, data, microBatch, globalBatch} = run;
  const counts = {numDevices, tensor, pipeline, context, data, microBatch, globalBatch};
  const infer = (field: CountField, value: number) => {
    if (counts[field] === null && Number.isInteger(value) && value > 0) counts[field] = value;
  };
  const known = (count: number | null) => count ?? Number.NaN;
  infer('numDevices', known(run.numNodes) * known(run.devicesPerNode));
  const devices = known(counts.numDevices);
  // One copy of the model on each device leaves no device for any other degree.
  if (data === counts.numDevices && data !== null) {
    for (const degree of ['tensor', 'pipeline', 'context'] as const) infer(degree, 1);
  }
  const contextRanks = counts.context ?? 1;
  infer('tensor', devices / (known(counts.pipeline) * known(data) * contextRanks));
  infer('pipeline', devices / (known(counts.tensor) * known(data) * contextRanks));
  const replicas = data ?? devices / (known(counts.tensor) * known(counts.pipeline) * contextRanks);
  const sequences = known(globalBatch);
  const accumulated = known(run.accumulationSteps);
  infer('microBatch', sequences / (replicas * accumulated));
  // One sequence a replica cannot be divided further.
  if (sequences === replicas) infer('microBatch', 1);
  infer('globalBatch', replicas * known(counts.microBatch) * accumulated);
  return {...run, ...counts};
}
