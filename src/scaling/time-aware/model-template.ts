import {countParameters} from '../../model/parameters.js';
import type {Attention, Transformer} from '../../model/transformer.js';

/** Models that differ in size alone: kinds of layers, vocabulary and ratios are those of `template`. */
export interface ModelTemplate {
  readonly template: Transformer;
  /** Hidden size over number of layers that the family keeps to. */
  readonly hiddenPerLayer: number;
}

/** The figures in which models of one family differ. */
export interface Shape {
  readonly numLayers: number;
  readonly hiddenSize: number;
  readonly numHeads: number;
  readonly numKeyValueHeads: number | null;
  readonly feedForwardSize: number;
}

export function modelTemplate(template: Transformer, hiddenPerLayer: number | null): ModelTemplate {
  return {template, hiddenPerLayer: hiddenPerLayer ?? template.hiddenSize / template.numLayers};
}

export function shapeOf({numLayers, hiddenSize, attention, mlp}: Transformer): Shape {
  return {
    numLayers,
    hiddenSize,
    numHeads: attention.numHeads,
    numKeyValueHeads: attention.kind === 'grouped' ? attention.numKeyValueHeads : null,
    feedForwardSize: mlp.hiddenSize,
  };
}

/** A per cent of size weighs as much as ten of shape: laws read the size, the family only leans to its shape. */
const weightOfSize = 100;

/**
 * Models of the family by their number of parameters: the one whose count comes closest at about the family's
 * ratio of hidden size to layers. Wide models have round numbers of heads and layers, so that parallel degrees
 * divide them.
 */
export function modelsOf(family: ModelTemplate): (parameters: number) => Transformer {
  const sizes = sizesOf(family.template);
  return parameters => {
    let best: {readonly model: Transformer; readonly cost: number} | null = null;
    const usual = depthOfSize(family, sizes, parameters);
    const deepest = usual * 1.35 + 1;
    for (let numLayers = Math.max(1, Math.floor(usual * 0.75)); numLayers <= deepest; numLayers += 1) {
      const model = closestWidth(family, sizes, numLayers, parameters);
      const cost = costOf(model, family, parameters);
      if (best === null || cost < best.cost) best = {model, cost};
    }
    if (best === null) throw new Error('a model has a layer');
    return best.model;
  };
}

/** Layers of a model of this size whose hidden size keeps exactly to the family's ratio. */
function depthOfSize({template, hiddenPerLayer}: ModelTemplate, sizes: Sizes, parameters: number): number {
  const head = headSize(template);
  const heads = (layers: number) => Math.max(1, Math.round((layers * hiddenPerLayer) / head));
  let layers = 1;
  while (sizes(layers, heads(layers)) < parameters) layers = Math.ceil(layers * 1.06 + 0.1);
  return layers;
}

function costOf(model: Transformer, {hiddenPerLayer}: ModelTemplate, parameters: number): number {
  const size = Math.log(countParameters(model).total / parameters);
  const shape = Math.log(model.hiddenSize / model.numLayers / hiddenPerLayer);
  return weightOfSize * size ** 2 + shape ** 2 + (isRound(model.numLayers) ? 0 : penaltyOfOddDepth);
}

const penaltyOfOddDepth = 0.05;

/** Multiples of 2 from 12 layers on, of 4 from 24 on: pipelines divide them. */
function isRound(numLayers: number): boolean {
  return numLayers % (numLayers >= 24 ? 4 : numLayers >= 12 ? 2 : 1) === 0;
}

/** Model of `numLayers` whose size is closest, its width in whole heads: of two, four or eight from some size on. */
function closestWidth(
  {template}: ModelTemplate,
  sizes: Sizes,
  numLayers: number,
  parameters: number,
): Transformer {
  const below = (heads: number) => sizes(numLayers, heads) < parameters;
  let [low, high] = [1, 2];
  while (below(high) && high < mostHeads) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (below(middle)) low = middle;
    else high = middle;
  }
  const unit = low >= 32 ? 8 : low >= 16 ? 4 : low >= 8 ? 2 : 1;
  const lower = Math.max(unit, Math.floor(low / unit) * unit);
  const [near, far] = [lower, lower + unit].sort(
    (a, b) =>
      Math.abs(Math.log(sizes(numLayers, a) / parameters)) -
      Math.abs(Math.log(sizes(numLayers, b) / parameters)),
  );
  return shaped(template, numLayers, near ?? far ?? lower);
}

const mostHeads = 4096;
/** Two depths that the size of any other follows from: layers repeat. */
const [shallow, deep] = [8, 16];

/** Parameters by number of layers and of heads. */
type Sizes = (numLayers: number, numHeads: number) => number;

/** As `countParameters` of the shaped models, but for the remainder of a pattern of layers; each width is counted once. */
function sizesOf(template: Transformer): Sizes {
  const lines = new Map<number, {readonly few: number; readonly layer: number}>();
  const lineOf = (numHeads: number) => {
    const few = countParameters(shaped(template, shallow, numHeads)).total;
    const many = countParameters(shaped(template, deep, numHeads)).total;
    const line = {few, layer: (many - few) / (deep - shallow)};
    lines.set(numHeads, line);
    return line;
  };
  return (numLayers, numHeads) => {
    const {few, layer} = lines.get(numHeads) ?? lineOf(numHeads);
    return few + layer * (numLayers - shallow);
  };
}

function headSize({hiddenSize, attention}: Transformer): number {
  return hiddenSize / attention.numHeads;
}

/** Widths of feed-forward blocks are multiples of this. */
const feedForwardUnit = 64;

function shaped(template: Transformer, numLayers: number, numHeads: number): Transformer {
  const hiddenSize = Math.round(numHeads * headSize(template));
  const scale = hiddenSize / template.hiddenSize;
  const width = (of: number) =>
    Math.max(feedForwardUnit, Math.round((of * scale) / feedForwardUnit) * feedForwardUnit);
  const {experts, mlp, attention} = template;
  return {
    ...template,
    name: `${template.name}, ${numLayers} layers of ${hiddenSize}`,
    numLayers,
    hiddenSize,
    attention: shapedAttention(attention, numHeads, scale),
    mlp: {...mlp, hiddenSize: width(mlp.hiddenSize)},
    experts:
      experts === null
        ? null
        : {
            ...experts,
            expertHiddenSize: width(experts.expertHiddenSize),
            sharedHiddenSize: experts.sharedHiddenSize === 0 ? 0 : width(experts.sharedHiddenSize),
            numDenseLayers: Math.min(experts.numDenseLayers, numLayers - 1),
          },
  };
}

function shapedAttention(attention: Attention, numHeads: number, scale: number): Attention {
  if (attention.kind === 'latent') {
    const rank = (of: number) =>
      Math.max(feedForwardUnit, Math.round((of * scale) / feedForwardUnit) * feedForwardUnit);
    return {
      ...attention,
      numHeads,
      queryRank: attention.queryRank === null ? null : rank(attention.queryRank),
      keyValueRank: rank(attention.keyValueRank),
    };
  }
  const wanted = (numHeads * attention.numKeyValueHeads) / attention.numHeads;
  return {...attention, numHeads, numKeyValueHeads: divisorNear(numHeads, wanted)};
}

/** The divisor of `value` that is closest to `wanted` by ratio. */
function divisorNear(value: number, wanted: number): number {
  let best = 1;
  for (let divisor = 1; divisor <= value; divisor += 1) {
    if (value % divisor !== 0) continue;
    if (Math.abs(Math.log(divisor / wanted)) < Math.abs(Math.log(best / wanted))) best = divisor;
  }
  return best;
}
