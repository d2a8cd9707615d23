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
        ? denseModel(run, models)
        : mixtureModel(run, experts, models);
  if ('reason' in base) return base;
  const model = withStatedDetails(base.model, run);
  return {...base, model: {...model, name: run.modelName ?? model.name}};
}

function mixtureModel(run: ShapedRun, stated: StatedExperts, models: readonly Transformer[]): RowModel {
  const alike = models.filter(model => hasSameLayers(model, run, stated));
  const known = alike.find(({numLayers}) => numLayers === run.numLayers) ?? alike[0];
  if (known !== undefined) {
    // Proxies of fewer layers keep the shape of each.
    return {
      model: {...known, numLayers: run.numLayers},
      assumptions: [
        ...(known.numLayers === run.numLayers ? [] : [`${run.numLayers} layers taken as of ${known.name}`]),
        ...(known.multiTokenPrediction > 0 && run.multiTokenPrediction === null
          ? [`mtp not stated: taken as ${known.multiTokenPrediction}, as ${known.name} has it`]
          : []),
      ],
    };
  }
  const expertHiddenSize = run.expertHiddenSize ?? run.mlpHiddenSize;
  if (expertHiddenSize === null) return {reason: `unknown: width of the experts of ${run.modelName ?? ''}`};
  const dense = denseModel({...run, mlpHiddenSize: run.mlpHiddenSize ?? expertHiddenSize}, models);
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
  return {
    model: {...dense.model, experts},
    assumptions: [
      ...dense.assumptions,
      ...(run.expertHiddenSize === null ? ['expert_ffn not stated: taken as ffn_hidden'] : []),
      'layers with experts not stated: taken as all',
    ],
  };
}

/** Whether every width that the row states is that of `model`, whose experts may stand in its column of widths. */
function hasSameLayers(
  {hiddenSize, vocabularySize, attention, mlp, experts, multiTokenPrediction}: Transformer,
  run: ShapedRun,
  stated: StatedExperts,
): boolean {
  const isOpenOr = (value: number | null, ...own: readonly number[]) => value === null || own.includes(value);
  return (
    experts !== null &&
    hiddenSize === run.hiddenSize &&
    attention.numHeads === run.numHeads &&
    experts.numExperts === stated.numExperts &&
    experts.topK === stated.topK &&
    isOpenOr(run.expertHiddenSize, experts.expertHiddenSize) &&
    isOpenOr(run.mlpHiddenSize, experts.expertHiddenSize, mlp.hiddenSize) &&
    isOpenOr(run.vocabularySize, vocabularySize) &&
    (multiTokenPrediction > 0 || isOpenOr(run.multiTokenPrediction, 0))
  );
}

/** GPT-2's vocabulary and Llama's: of plain and of gated models whose tables leave it out. */
const usualVocabulary = {plain: 50257, gated: 32000} as const;

/** Width of a plain block of GPT, and of a gated one of as many weights. */
function usualWidth(hiddenSize: number, gated: boolean): number {
  return gated ? Math.floor((8 * hiddenSize) / 3 / 64) * 64 : 4 * hiddenSize;
}

/** Vocabulary that all models of the same family have, by the words of a name before its size. */
function familyVocabulary(name: string, models: readonly Transformer[]): number | null {
  const family = (of: string) => foldName(of.replace(/[- ]?\d+(\.\d+)?[bm]\b.*$/i, ''));
  const wanted = family(name);
  const sizes = new Set(
    models.filter(model => family(model.name) === wanted).map(({vocabularySize}) => vocabularySize),
  );
  const [size] = sizes;
  return wanted !== '' && sizes.size === 1 && size !== undefined ? size : null;
}

function denseModel(
  run: ShapedRun,
  models: readonly Transformer[],
): {readonly model: Transformer; readonly assumptions: readonly string[]} {
  const {numLayers, hiddenSize, numHeads} = run;
  // Gated models follow Llama: rotary positions, RMS norms, no biases; the others follow GPT.
  const gated = run.gatedMlp === true;
  const kind = gated ? 'gated' : 'plain';
  const mlpHiddenSize = run.mlpHiddenSize ?? usualWidth(hiddenSize, gated);
  const vocabularySize =
    run.vocabularySize ?? familyVocabulary(run.modelName ?? '', models) ?? usualVocabulary[kind];
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
    mlp: {kind, hiddenSize: mlpHiddenSize, bias: !gated},
    experts: null,
    norm: {kind: gated ? 'rms' : 'layer', perLayer: 2, bias: !gated, outside: 1},
    dropout: !gated,
    multiTokenPrediction: 0,
  };
  return {
    model,
    assumptions: [
      ...(run.mlpHiddenSize === null ? [`ffn_hidden not stated: taken as ${mlpHiddenSize}`] : []),
      ...(run.vocabularySize === null ? [`vocab not stated: taken as ${vocabularySize}`] : []),
    ],
  };
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
