import {isSelective, type Recompute} from '../../layout/layout.js';
import {hiddenBytes} from '../layers/communication.js';
import type {LayerCosts} from '../layers/layer-costs.js';
import type {RankContext} from '../layers/rank-context.js';
import {type ModelChunk, recomputedLayers} from '../workload/model-chunk.js';
import {tokenCounts} from '../workload/rank-workload.js';

/** Bytes of the activations of one stage, before the schedule says how many passes are in flight. */
export interface StageActivations {
  /** Left in the layers by one pass of a micro-batch through one chunk. */
  readonly layersPerPass: number;
  /** The largest layer, whole. */
  readonly largestLayer: number;
  /** Left in the embedding by one pass. */
  readonly embeddingPerPass: number;
  readonly head: number;
  readonly logits: number;
  /** Recomputed activations of the layer at work, and gradients of activations. */
  readonly working: number;
  /** Received from and sent to the neighbouring stages. */
  readonly messages: number;
  /** Buffers of the tensor group that outlive the micro-batch. */
  readonly gathered: number;
}

/** Those of a stage that do not depend on what is recomputed. */
export type FixedActivations = Omit<StageActivations, 'layersPerPass' | 'working'>;

/** Activations that a stage of `chunks` holds and needs. @param fixed those that do not depend on `recompute` */
export function stageActivations(
  costs: LayerCosts,
  chunks: readonly ModelChunk[],
  recompute: Recompute,
  fixed: FixedActivations,
): StageActivations {
  return {
    largestLayer: fixed.largestLayer,
    embeddingPerPass: fixed.embeddingPerPass,
    head: fixed.head,
    logits: fixed.logits,
    messages: fixed.messages,
    gathered: fixed.gathered,
    layersPerPass: savedByLayers(costs, chunks, recompute) / chunks.length,
    working: workingBytes(costs, chunks, recompute),
  };
}

/** Activations of a stage of `chunks` whatever it recomputes. @param isPipelined whether it has neighbours */
export function fixedActivations(
  costs: LayerCosts,
  chunks: readonly ModelChunk[],
  isPipelined: boolean,
): FixedActivations {
  const {rank, embedding} = costs;
  const {workload} = rank;
  let largestLayer = 0;
  for (const {layers} of chunks) {
    for (const {kind} of layers) largestLayer = Math.max(largestLayer, costs.layer(kind).activations.none);
  }
  const hasEmbedding = chunks.some(chunk => chunk.hasEmbedding);
  const hasHead = chunks.some(chunk => chunk.hasHead);
  return {
    largestLayer,
    embeddingPerPass: hasEmbedding ? embedding.savedBytes / chunks.length : 0,
    head: hasHead ? headBytes(costs) : 0,
    logits: hasHead ? logitBytes(rank) : 0,
    messages: isPipelined ? 2 * boundaryBytes(rank) : 0,
    gathered: workload.sequenceParallel ? workload.memory.gatherBuffers * hiddenBytes(rank) : 0,
  };
}

/** Recomputed activations of the layer at work, and gradients of activations. */
function workingBytes(costs: LayerCosts, chunks: readonly ModelChunk[], recompute: Recompute): number {
  const {rank} = costs;
  let recomputed = 0;
  for (const {layers} of chunks) {
    for (const {kind} of layers) {
      const {none, selective, full} = costs.layer(kind).activations;
      const least = recompute === 'none' ? none : isSelective(recompute) ? selective : full;
      recomputed = Math.max(recomputed, none - least);
    }
  }
  return recomputed + 2 * boundaryBytes(rank) + gatheredInLayer(rank);
}

/**
 * With sequence parallelism: the gathered inputs of the two column-parallel products of a layer, and
 * their gradients before they are scattered. Chunked gathers leave the gradients alone, and so do
 * buffers that are counted for the whole step.
 */
function gatheredInLayer(rank: RankContext): number {
  const {sequenceParallel, asyncTensor, memory} = rank.workload;
  if (!sequenceParallel) return 0;
  return (asyncTensor || memory.gatherBuffers > 0 ? 2 : 4) * hiddenBytes(rank);
}

/** Hidden states of one micro-batch between two layers, on this rank. */
function boundaryBytes({device, model, workload}: RankContext): number {
  return tokenCounts(workload).own * model.hiddenSize * device.activationBytes;
}

/** Bytes that one micro-batch leaves in the layers of `chunks` for the backward pass. */
export function savedByLayers(
  costs: LayerCosts,
  chunks: readonly ModelChunk[],
  recompute: Recompute,
): number {
  let saved = 0;
  for (const {layers} of chunks) {
    let before = 0;
    for (const {kind, count} of layers) {
      const {none, selective, full} = costs.layer(kind).activations;
      const repeated = recomputedLayers(recompute, before, count);
      saved += repeated * full + (count - repeated) * (isSelective(recompute) ? selective : none);
      before += count;
    }
  }
  return saved;
}

/** Under sequence parallelism the head's input is gathered, and its gradient not yet scattered. */
function headBytes({rank, head}: LayerCosts): number {
  return head.savedBytes + (rank.workload.sequenceParallel ? 2 * hiddenBytes(rank) : 0);
}

/** A fused loss reads the logits and writes their gradient; an unfused one makes copies. */
function logitBytes({device, workload}: RankContext): number {
  const {memory, fused, tensor, paddedVocabulary} = workload;
  const ranks = memory.loss === 'gathered' ? 1 : tensor;
  const elements = (tokenCounts(workload).shared * paddedVocabulary) / ranks;
  return (
    elements *
    (fused.crossEntropy ? (memory.fusedLogitBytes * device.activationBytes) / 2 : memory.logitBytes)
  );
}
