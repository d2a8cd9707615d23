import type {Transformer} from '../../model/transformer.js';
import type {RawRun, StatedExperts} from './columns.js';

/** The model that a row describes, with what was assumed of it; or what is missing. */
export type RowModel =
  | {readonly model: Transformer; readonly assumptions: readonly string[]}
  | {readonly reason: string};

/** What a row needs to state of a model's shape, and where a known model has it. */
const shapeFields = {
  numLayers: ({numLayers}) => numLayers,
  hiddenSize: ({hiddenSize}) => hiddenSize,
  numHeads: ({attention}) => attention.numHeads,
  mlpHiddenSize: ({mlp}) => mlp.hiddenSize,
  vocabularySize: ({vocabularySize}) => vocabularySize,
} as const satisfies Partial<Record<keyof RawRun, (model: Transformer) => number>>;

type ShapeField = keyof typeof shapeFields;
const shapeFieldNames = Object.keys(shapeFields) as readonly ShapeField[];

/**
 * The model of `models` that a row names and does not contradict, where the row leaves a part of its shape
 * open; null: the row states all of it, or names none.
 */
export function knownModel(run: RawRun, models: readonly Transformer[]): Transformer | null {
  if (shapeFieldNames.every(field => run[field] !== null)) return null;
  const agrees = (model: Transformer) =>
    shapeFieldNames.every(field => run[field] === null || run[field] === shapeFields[field](model));
  const wanted = foldName(run.modelName ?? '');
  const [model, ...others] = models.filter(model => foldName(model.name) === wanted && agrees(model));
  return others.length > 0 ? null : (model ?? null);
}

/** Names differ in dashes, in the publisher, in what stands in parentheses, and in "of X" and ", part". */
function foldName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\(.*?\)|,.*$| of .*$|^.*\//g, '')
    .replace(/[^a-z0-9.]/g, '');
}

/** A run that states the counts of its layers. */
export type ShapedRun = RawRun & {
  readonly [Field in 'numLayers' | 'hiddenSize' | 'numHeads' | 'sequenceLength']: number;
};

/**
 * The model that a row describes.
 *
 * @param known the model that the row names, where it leaves a part of its shape open
 * @param models where the experts of a mixture are looked up whose width the row leaves open
 */
export function rowModel(
  run: ShapedRun,
  known: Transformer | null,
  models: readonly Transformer[],
): RowModel {
  const {experts} = run;
  const base =
    known !== null
      ? {model: known, assumptions: [`shape not stated in full: taken from ${known.name}`]}
      : experts === null || experts === 'none'
        ? denseModel(run)
        : mixtureModel(run, experts, models);
  if ('reason' in base) return base;
  const model = withStatedDetails(base.model, run);
  return {...base, model: {...model, name: run.modelName ?? model.name}};
}

function mixtureModel(run: ShapedRun, stated: StatedExperts, models: readonly Transformer[]): RowModel {
  const {expertHiddenSize} = run;
  const alike = models.filter(
    ({hiddenSize, experts}) =>
      experts !== null &&
      hiddenSize === run.hiddenSize &&
      experts.numExperts === stated.numExperts &&
      experts.topK === stated.topK &&
      (expertHiddenSize === null || expertHiddenSize === experts.expertHiddenSize),
  );
  const known = alike.find(({numLayers}) => numLayers === run.numLayers) ?? alike[0];
  // Proxies of fewer layers keep the shape of each.
  if (known !== undefined) return {model: {...known, numLayers: run.numLayers}, assumptions: []};
  if (expertHiddenSize === null) return {reason: `unknown: width of the experts of ${run.modelName ?? ''}`};
  const dense = denseModel({...run, mlpHiddenSize: run.mlpHiddenSize ?? expertHiddenSize});
  if ('reason' in dense) return dense;
  const experts = {
    numExperts: stated.numExperts,
    topK: stated.topK,
    expertHiddenSize,
    sharedHiddenSize: stated.numShared * expertHiddenSize,
    numDenseLayers: 0,
    everyLayers: 1,
    routerBias: false,
    expertBias: false,
  };
  return {model: {...dense.model, experts}, assumptions: ['layers with experts not stated: taken as all']};
}

function denseModel(run: ShapedRun): RowModel {
  const {numLayers, hiddenSize, numHeads, mlpHiddenSize, vocabularySize} = run;
  if (mlpHiddenSize === null || vocabularySize === null) {
    const unknown = [
      ...(mlpHiddenSize === null ? ['ffn_hidden'] : []),
      ...(vocabularySize === null ? ['vocab'] : []),
    ];
    return {reason: `unknown: ${unknown.join(', ')}`};
  }
  // Gated models follow Llama: rotary positions, RMS norms, no biases; the others follow GPT.
  const gated = run.gatedMlp === true;
  const model: Transformer = {
    name: 'unnamed',
    numLayers,
    hiddenSize,
    vocabularySize,
    tiedEmbeddings: run.tiedEmbeddings === true,
    positions: gated
      ? {kind: 'rotary', maxPositions: 0}
      : {kind: 'learned', maxPositions: run.sequenceLength},
    attention: {
      kind: 'grouped',
      numHeads,
      numKeyValueHeads: run.numKeyValueHeads ?? numHeads,
      headSize: hiddenSize / numHeads,
      biases: {queryKeyValue: !gated, output: !gated},
      queryKeyNorm: false,
      span: {kind: 'full'},
    },
    mlp: {kind: gated ? 'gated' : 'plain', hiddenSize: mlpHiddenSize, bias: !gated},
    experts: null,
    norm: {kind: gated ? 'rms' : 'layer', perLayer: 2, bias: !gated, outside: 1},
    dropout: !gated,
    multiTokenPrediction: 0,
  };
  return {model, assumptions: []};
}

/** Details that a row may state of any model. */
function withStatedDetails(model: Transformer, run: RawRun): Transformer {
  const {headSize, attentionWindow, multiTokenPrediction, dropout} = run;
  const {attention} = model;
  return {
    ...model,
    attention: {
      ...attention,
      ...(headSize !== null && attention.kind === 'grouped' ? {headSize} : {}),
      ...(attentionWindow === null ? {} : {span: spanOf(attentionWindow)}),
    },
    multiTokenPrediction: multiTokenPrediction ?? model.multiTokenPrediction,
    dropout: dropout ?? model.dropout,
  };
}

/** @param window tokens; 0: none */
function spanOf(window: number): Transformer['attention']['span'] {
  return window === 0 ? {kind: 'full'} : {kind: 'window', tokens: window, fullEveryLayers: 0};
}
