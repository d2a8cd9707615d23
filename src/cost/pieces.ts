import {predictionLayerKind} from '../model/layer-kinds.js';
import type {ModelOperators} from '../model/layer-operators.js';
import type {Operator} from '../model/operators.js';
import type {LayerKind, Transformer} from '../model/transformer.js';
import {kindIndex} from './chunk.js';
import {
  addCommunication,
  type CommunicationCost,
  type LayerGroups,
  layerCommunication,
} from './communication.js';
import {embeddingCommunication, headCommunication} from './ends.js';
import {addCosts, type ComputeCost} from './kernels/compute-cost.js';
import type {Device} from './kernels/device.js';
import {computeCost} from './kernels/operator-cost.js';
import {keptBytes, type LayerActivations, layerActivations} from './memory/activations.js';
import type {Shard} from './shard.js';

/** What one kind of layer costs for one micro-batch on one device. */
export interface LayerCost {
  readonly compute: ComputeCost;
  readonly communication: CommunicationCost;
  readonly activations: LayerActivations;
}

function layerCost(
  device: Device,
  model: Transformer,
  kind: LayerKind,
  operators: readonly Operator[],
  groups: LayerGroups,
  shard: Shard,
): LayerCost {
  return {
    compute: computeCost(device, operators, shard),
    communication: layerCommunication(device, model, kind, groups, shard),
    activations: layerActivations(model, operators, shard, device.storedBytes),
  };
}

/** Costs of every kind of layer and of the ends, computed once for all chunks of a layout. */
export interface PieceCosts {
  readonly shard: Shard;
  readonly layer: (kind: LayerKind) => LayerCost;
  readonly embedding: LayerCostOfEnd;
  readonly head: LayerCostOfEnd;
  /** Bytes that one micro-batch leaves for the backward pass in the embedding, and in norm and logits. */
  readonly embeddingBytes: number;
  readonly headBytes: number;
}

type LayerCostOfEnd = Pick<LayerCost, 'compute' | 'communication'>;

/** Costs of the pieces of a model on one device; a kind of layer is costed when it is first asked for. */
export function pieceCosts(
  device: Device,
  model: Transformer,
  operators: ModelOperators,
  groups: LayerGroups,
  shard: Shard,
): PieceCosts {
  const known: LayerCost[] = [];
  return {
    shard,
    layer: kind => {
      const index = kindIndex(kind);
      const cost = known[index] ?? layerCost(device, model, kind, operators.layer(kind), groups, shard);
      known[index] = cost;
      return cost;
    },
    embedding: {
      compute: computeCost(device, operators.embedding, shard),
      communication: embeddingCommunication(device, model, groups.tensor, shard),
    },
    head: headPiece(device, model, operators, groups, shard),
    embeddingBytes: endBytes(device, operators.embedding, shard),
    headBytes: endBytes(device, operators.head, shard),
  };
}

/** Norm, logits and loss, and the modules that predict tokens further ahead, each with a head of its own. */
function headPiece(
  device: Device,
  model: Transformer,
  operators: ModelOperators,
  groups: LayerGroups,
  shard: Shard,
): LayerCostOfEnd {
  const head = {
    compute: computeCost(device, operators.head, shard),
    communication: headCommunication(device, model, groups.tensor, shard),
  };
  const modules = model.multiTokenPrediction;
  if (modules === 0) return head;
  const layer = layerCommunication(device, model, predictionLayerKind(model), groups, shard);
  return {
    compute: addCosts(head.compute, computeCost(device, operators.prediction, shard), modules),
    communication: addCommunication(
      addCommunication(head.communication, head.communication, modules),
      layer,
      modules,
    ),
  };
}

function endBytes(device: Device, operators: readonly Operator[], shard: Shard): number {
  const buffers = operators.filter(operator => operator.kind !== 'loss').flatMap(operator => operator.saved);
  return keptBytes(buffers, shard, device.storedBytes, []);
}
