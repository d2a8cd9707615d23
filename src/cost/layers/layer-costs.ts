import {predictionLayerKind} from '../../model/layer-kinds.js';
import type {ModelOperators} from '../../model/layer-operators.js';
import type {Operator} from '../../model/operators.js';
import type {LayerKind} from '../../model/transformer.js';
import {computeWork} from '../kernels/operator-cost.js';
import {kindIndex} from '../workload/model-chunk.js';
import {type PassWork, plus, workOf, workTerm} from '../workload/work.js';
import {type LayerActivations, layerActivations, savedBytes} from './activations.js';
import {layerCommunication} from './communication.js';
import {embeddingCommunication, headCommunication} from './embedding-and-head.js';
import type {RankContext} from './rank-context.js';

/** Cost of one layer of one kind for one micro-batch on one device. */
export interface LayerCost {
  readonly work: PassWork;
  readonly activations: LayerActivations;
}

/** Cost of the embedding or of the LM head for one micro-batch on one device. */
export interface EmbeddingOrHeadCost {
  readonly work: PassWork;
  /** Saved for the backward pass. */
  readonly savedBytes: number;
}

/** Costs of each layer kind, the embedding and the LM head on one device. Layer kinds are computed lazily. */
export interface LayerCosts {
  readonly rank: RankContext;
  layer(kind: LayerKind): LayerCost;
  readonly embedding: EmbeddingOrHeadCost;
  readonly head: EmbeddingOrHeadCost;
}

/** Costs of the parts of a model on one rank. */
export function layerCosts(rank: RankContext, operators: ModelOperators): LayerCosts {
  const known: LayerCost[] = [];
  return {
    rank,
    layer(kind) {
      const index = kindIndex(kind);
      known[index] ??= layerCost(rank, kind, operators.layer(kind));
      return known[index];
    },
    embedding: {
      work: plus(computeWork(rank, operators.embedding), embeddingCommunication(rank)),
      savedBytes: savedWithoutLoss(rank, operators.embedding),
    },
    head: {work: headWork(rank, operators), savedBytes: savedWithoutLoss(rank, operators.head)},
  };
}

function layerCost(rank: RankContext, kind: LayerKind, operators: readonly Operator[]): LayerCost {
  const {selective} = rank.workload;
  const communication = layerCommunication(rank, kind);
  const sendsAgain = selective.includes('experts') && !selective.includes('exchanged-experts');
  const again = sendsAgain ? {selectiveForward: communication[workTerm.expertForward]} : {};
  return {
    work: plus(plus(computeWork(rank, operators), communication), workOf(again)),
    activations: layerActivations(rank, operators),
  };
}

/** Norm, logits and loss, and the modules that predict tokens further ahead, each with a head of its own. */
function headWork(rank: RankContext, operators: ModelOperators): PassWork {
  const communication = headCommunication(rank);
  const head = plus(computeWork(rank, operators.head), communication);
  const {model} = rank;
  const modules = model.multiTokenPrediction;
  if (modules === 0) return head;
  const layer = layerCommunication(rank, predictionLayerKind(model));
  const compute = plus(head, computeWork(rank, operators.prediction), modules);
  return plus(plus(compute, communication, modules), layer, modules);
}

/** Logits are buffers of their own: see `StageActivations`. */
function savedWithoutLoss(rank: RankContext, operators: readonly Operator[]): number {
  const buffers = operators.filter(operator => operator.kind !== 'loss').flatMap(operator => operator.saved);
  return savedBytes(rank, buffers, []);
}
