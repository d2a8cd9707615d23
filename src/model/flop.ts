import {type Flop, flop} from '../units/quantities.js';
import {countLayerKinds} from './layer-kinds.js';
import {headOperators, layerOperators, predictionOperators} from './layer-operators.js';
import {causalForwardFlop, forwardFlop, type Operator} from './operators.js';
import type {RecomputedPart} from './saved-activation.js';
import {repeatedShare} from './selective-recompute.js';
import type {Transformer} from './transformer.js';

/**
 * How attention is counted: every pair of a query and a key of its span ('full', the Megatron
 * convention, which MFU is usually quoted in), or only the pairs that the causal mask keeps.
 */
export type AttentionCounting = 'full' | 'causal';

/** What is computed twice: nothing, the attention cores, every layer, that many layers of the model, or parts of each. */
export type RepeatedForward =
  | 'none'
  | 'selective'
  | 'full'
  | {readonly layers: number}
  | {readonly parts: readonly RecomputedPart[]};

/** A backward pass computes the gradients of inputs and of weights: each as much as the forward pass. */
const forwardAndBackward = 3;

/**
 * FLOP that training on one token needs: matrix products of layers, attention and logits, forward and
 * backward, without recomputation. What MFU is measured against.
 *
 * For a GPT: 72 L h^2 (1 + s / (6 h) + V / (12 L h)). Narayanan et al. 2021 (arXiv 2104.04473) appendix,
 * without its recomputation.
 */
export function modelFlopPerToken(
  model: Transformer,
  sequenceLength: number,
  counting: AttentionCounting,
): Flop {
  return flop(forwardAndBackward * sumForward(forwardParts(model, sequenceLength, counting)));
}

/**
 * FLOP that a device computes for one token, with what is computed again in the backward pass. What
 * HFU is measured against.
 *
 * For a GPT with full recomputation: 96 L h^2 (1 + s / (6 h) + V / (16 L h)). Narayanan et al. 2021
 * (arXiv 2104.04473) appendix; logits are not computed again.
 */
export function hardwareFlopPerToken(
  model: Transformer,
  sequenceLength: number,
  repeated: RepeatedForward,
  counting: AttentionCounting,
): Flop {
  const parts = forwardParts(model, sequenceLength, counting);
  const again =
    typeof repeated === 'object' && 'parts' in repeated
      ? repeatedOperators(model, sequenceLength, repeated.parts, counting)
      : repeatedFlop(parts, model.numLayers, repeated);
  return flop(forwardAndBackward * sumForward(parts) + again);
}

/** Forward FLOP of one token. */
export interface ForwardParts {
  /** All layers, attention cores included. */
  readonly layers: number;
  readonly attentionCores: number;
  readonly head: number;
  readonly multiTokenPrediction: number;
}

/** Forward FLOP of one token by part of the model. */
export function forwardParts(
  model: Transformer,
  sequenceLength: number,
  counting: AttentionCounting,
): ForwardParts {
  const count = (operators: readonly Operator[]) => sumOperators(operators, sequenceLength, counting);
  let layers = 0;
  let attentionCores = 0;
  for (const {kind, count: times} of countLayerKinds(model)) {
    const operators = layerOperators(model, kind);
    layers += times * count(operators);
    attentionCores += times * count(operators.filter(({kind}) => kind === 'attention'));
  }
  return {
    layers,
    attentionCores,
    head: count(headOperators(model)),
    multiTokenPrediction: model.multiTokenPrediction * count(predictionOperators(model)),
  };
}

function sumOperators(operators: readonly Operator[], sequenceLength: number, counting: AttentionCounting) {
  const flopOf = counting === 'full' ? forwardFlop : causalForwardFlop;
  return operators.reduce((sum, operator) => sum + flopOf(operator, sequenceLength), 0);
}

function sumForward({layers, head, multiTokenPrediction}: ForwardParts): number {
  return layers + head + multiTokenPrediction;
}

function repeatedOperators(
  model: Transformer,
  sequenceLength: number,
  parts: readonly RecomputedPart[],
  counting: AttentionCounting,
): number {
  let sum = 0;
  for (const {kind, count} of countLayerKinds(model)) {
    for (const operator of layerOperators(model, kind)) {
      sum += count * repeatedShare(operator, parts) * sumOperators([operator], sequenceLength, counting);
    }
  }
  return sum;
}

function repeatedFlop(
  parts: ForwardParts,
  numLayers: number,
  repeated: Exclude<RepeatedForward, {readonly parts: readonly RecomputedPart[]}>,
): number {
  if (repeated === 'none') return 0;
  if (repeated === 'selective') return parts.attentionCores;
  if (repeated === 'full') return parts.layers;
  return parts.layers * (Math.min(repeated.layers, numLayers) / numLayers);
}
