import {countLayerKinds} from '../../model/layer-kinds.js';
import {embeddingOperators, headOperators, layerOperators} from '../../model/layer-operators.js';
import type {Operator} from '../../model/operators.js';
import type {Transformer} from '../../model/transformer.js';

/** Values that a forward and a backward pass read and write. */
export interface ModelTraffic {
  /** Activations: operands and results of each operator, for each token. */
  readonly perToken: number;
  /** Weights: once for each micro-batch. */
  readonly perMicrobatch: number;
}

/** A backward pass moves what two forward passes move: gradients of inputs and of weights. */
const forwardAndBackward = 3;

/**
 * Memory copies of a model. Inbar and Sernau 2024, "Time Matters: Scaling Laws for Any Budget"
 * (arXiv 2406.18922), predict step times by copies where FLOP fall short. The count is ours: a product
 * of (tokens x k) and (k x n) moves tokens k + k n + tokens n values; attention is fused.
 */
export function modelTraffic(model: Transformer): ModelTraffic {
  let perToken = 0;
  let perMicrobatch = 0;
  const add = (operators: readonly Operator[], times: number) => {
    for (const operator of operators) {
      const traffic = operatorTraffic(operator);
      perToken += times * traffic.perToken;
      perMicrobatch += times * traffic.perMicrobatch;
    }
  };
  for (const {kind, count} of countLayerKinds(model)) add(layerOperators(model, kind), count);
  add([...embeddingOperators(model), ...headOperators(model)], 1);
  return {
    perToken: forwardAndBackward * perToken,
    perMicrobatch: forwardAndBackward * perMicrobatch,
  };
}

/** Traffic of a forward pass. */
function operatorTraffic(operator: Operator): ModelTraffic {
  switch (operator.kind) {
    case 'gemm':
      return {
        perToken: operator.inFeatures + operator.outFeatures,
        perMicrobatch: operator.inFeatures * operator.outFeatures,
      };
    case 'attention': {
      const {numHeads, numKeyValueHeads, headSize, valueHeadSize} = operator;
      return {perToken: (numHeads + numKeyValueHeads) * (headSize + valueHeadSize), perMicrobatch: 0};
    }
    case 'norm':
      return {perToken: 2 * operator.features, perMicrobatch: operator.features};
    case 'elementwise': {
      const {reads, writes} = operator.fused.forward;
      return {perToken: reads + writes, perMicrobatch: 0};
    }
    case 'router':
      return {
        perToken: operator.inFeatures + operator.numExperts,
        perMicrobatch: operator.inFeatures * operator.numExperts,
      };
    case 'experts': {
      const parts = [...operator.gemms, operator.activation].map(part => operatorTraffic(part));
      return {
        perToken: operator.topK * parts.reduce((sum, {perToken}) => sum + perToken, 0),
        perMicrobatch: operator.numExperts * parts.reduce((sum, part) => sum + part.perMicrobatch, 0),
      };
    }
    case 'embedding':
      return {perToken: 2 * operator.hiddenSize, perMicrobatch: 0};
    case 'loss':
      return {perToken: 2 * operator.vocabularySize, perMicrobatch: 0};
  }
}
