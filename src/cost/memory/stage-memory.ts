import type {Cluster} from '../../cluster/cluster.js';
import {type Layout, optimizerIsOffloaded, type Recompute} from '../../layout/layout.js';
import type {Training} from '../../layout/training.js';
import type {Transformer} from '../../model/transformer.js';
import type {Bytes} from '../../units/quantities.js';
import type {Chunk} from '../chunk.js';
import {recomputedLayers} from '../chunk-times.js';
import type {DataGroups} from '../data-parallel.js';
import type {Device} from '../kernels/device.js';
import type {PieceCosts} from '../pieces.js';
import {type Shard, tokenCounts} from '../shard.js';
import type {DeviceParameters} from '../stage-parameters.js';
import {allocatedBytes, type StageMoments} from './memory.js';
import {type StateBytes, stateBytes} from './model-states.js';

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

/** What a stage of `chunks` keeps and needs for activations. @param fixed those of the stage that it has anyway */
export function stageActivations(
  device: Device,
  model: Transformer,
  chunks: readonly Chunk[],
  pieces: PieceCosts,
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
    layersPerPass: keptOfLayers(chunks, pieces, recompute) / chunks.length,
    working: workingBytes(device, model, chunks, pieces, recompute),
  };
}

/** Activations of a stage whatever it recomputes. */
export function fixedActivations(
  device: Device,
  model: Transformer,
  {pipeline}: Pick<Layout, 'pipeline'>,
  chunks: readonly Chunk[],
  pieces: PieceCosts,
): FixedActivations {
  const {shard} = pieces;
  let largestLayer = 0;
  for (const {layers} of chunks) {
    for (const {kind} of layers) largestLayer = Math.max(largestLayer, pieces.layer(kind).activations.none);
  }
  const hasEmbedding = chunks.some(chunk => chunk.hasEmbedding);
  const hasHead = chunks.some(chunk => chunk.hasHead);
  return {
    largestLayer,
    embeddingPerPass: hasEmbedding ? pieces.embeddingBytes / chunks.length : 0,
    head: hasHead ? headBytes(device, model, pieces) : 0,
    logits: hasHead ? logitBytes(shard, device) : 0,
    messages: pipeline === 1 ? 0 : 2 * boundaryBytes(device, model, shard),
    gathered: shard.sequenceParallel ? shard.memory.gatherBuffers * wholeBytes(device, model, shard) : 0,
  };
}

/** Recomputed activations of the layer at work, and gradients of activations. */
function workingBytes(
  device: Device,
  model: Transformer,
  chunks: readonly Chunk[],
  pieces: PieceCosts,
  recompute: Recompute,
): number {
  const {shard} = pieces;
  let recomputed = 0;
  for (const {layers} of chunks) {
    for (const {kind} of layers) {
      const {none, selective, full} = pieces.layer(kind).activations;
      const least = recompute === 'none' ? none : recompute === 'selective' ? selective : full;
      recomputed = Math.max(recomputed, none - least);
    }
  }
  return recomputed + 2 * boundaryBytes(device, model, shard) + gatheredInLayer(device, model, shard);
}

/**
 * With sequence parallelism: the gathered inputs of the two column-parallel products of a layer, and
 * their gradients before they are scattered. Chunked gathers leave the gradients alone, and so do
 * buffers that are counted for the whole step.
 */
function gatheredInLayer(device: Device, model: Transformer, shard: Shard): number {
  if (!shard.sequenceParallel) return 0;
  return (shard.asyncTensor || shard.memory.gatherBuffers > 0 ? 2 : 4) * wholeBytes(device, model, shard);
}

/** The hidden states of one micro-batch, of all ranks of the tensor group. */
function wholeBytes(device: Device, model: Transformer, shard: Shard): number {
  return tokenCounts(shard).shared * model.hiddenSize * device.activationBytes;
}

/** Of one micro-batch between two layers, on this rank. */
function boundaryBytes(device: Device, model: Transformer, shard: Shard): number {
  return tokenCounts(shard).own * model.hiddenSize * device.activationBytes;
}

/** Bytes that one micro-batch leaves in the layers of `chunks` for the backward pass. */
export function keptOfLayers(chunks: readonly Chunk[], pieces: PieceCosts, recompute: Recompute): number {
  let kept = 0;
  for (const {layers} of chunks) {
    let before = 0;
    for (const {kind, count} of layers) {
      const {none, selective, full} = pieces.layer(kind).activations;
      const repeated = recomputedLayers(recompute, before, count);
      kept += repeated * full + (count - repeated) * (recompute === 'selective' ? selective : none);
      before += count;
    }
  }
  return kept;
}

/** Under sequence parallelism the head's input is gathered, and its gradient not yet scattered. */
function headBytes(device: Device, model: Transformer, {shard, headBytes: kept}: PieceCosts): number {
  const gathered = shard.sequenceParallel ? 2 * wholeBytes(device, model, shard) : 0;
  return kept + gathered;
}

/** A fused loss reads the logits and writes their gradient; an unfused one makes copies. */
function logitBytes(shard: Shard, device: Device): number {
  const ranks = shard.memory.loss === 'gathered' ? 1 : shard.tensor;
  const elements = (tokenCounts(shard).shared * shard.paddedVocabulary) / ranks;
  return elements * (shard.fused.crossEntropy ? 2 * device.activationBytes : shard.memory.logitBytes);
}

/** What the memory of a stage depends on besides what it holds. */
export interface StageMemoryWork {
  readonly cluster: Cluster;
  readonly training: Training;
  readonly layout: Pick<Layout, 'sharding' | 'offload'>;
  readonly groups: DataGroups;
}

/** States of one stage and the buffers of its data-parallel communication, whatever passes through it. */
export interface StageStates {
  readonly weights: Bytes;
  readonly gradients: Bytes;
  readonly optimizer: Bytes;
  /** From step to step, apart from those of the tensor group. */
  readonly lastingBuffers: number;
  /** While new weights are gathered. */
  readonly updateBuffers: number;
  /** While micro-batches pass. */
  readonly passBuffers: number;
}

/** States of a stage with `parameters`. */
export function stageStates(
  {cluster, training, layout, groups}: StageMemoryWork,
  parameters: DeviceParameters,
): StageStates {
  const states = stateBytes(training, cluster.software);
  const {sharding} = layout;
  const {memory} = cluster.software;
  const dense = groups.shard.size;
  const expert = Math.min(dense, groups.expertData.size);
  const whole = parameters.dense + parameters.expert;
  const share = parameters.dense / dense + parameters.expert / expert;
  const all = sharding === 'parameters';
  const gather =
    memory.updateGather === 'buffered' && sharding === 'optimizer' && dense > 1 ? whole + share : 0;
  const b = (n: number) => n as Bytes;
  return {
    weights: b(states.weight * (all ? share : whole)),
    gradients: b(states.gradient * (all || sharding === 'gradients' ? share : whole)),
    optimizer: b(
      optimizerIsOffloaded(layout)
        ? 0
        : (states.optimizer + states.outer) * (sharding === 'none' ? whole : share),
    ),
    lastingBuffers: lastingBuckets(cluster, groups, sharding, whole * states.pass) + memory.workspace,
    updateBuffers: states.pass * gather,
    passBuffers: dataParallelBuffers(cluster, sharding, groups, parameters, states),
  };
}

/**
 * What one device of a stage holds at its peak.
 *
 * @param offloaded whether activations wait in the host's memory
 * @param passesInFlight passes through a chunk whose activations are held at once
 */
export function stageMemory(
  states: StageStates,
  activations: StageActivations,
  offloaded: boolean,
  passesInFlight: number,
): StageMoments {
  const {weights, gradients, optimizer, updateBuffers} = states;
  const lasting = activations.gathered + states.lastingBuffers;
  const kept = offloaded ? 2 * activations.largestLayer : activations.layersPerPass * passesInFlight;
  const b = (n: number) => n as Bytes;
  const updateBytes = b(weights + gradients + optimizer + lasting + updateBuffers);
  const passing: StageMoments = {
    weights,
    gradients,
    optimizer,
    layerActivations: b(kept),
    endActivations: b(activations.embeddingPerPass * passesInFlight + activations.head),
    logits: b(activations.logits),
    workingSet: b(activations.working),
    communicationBuffers: b(activations.messages + lasting + states.passBuffers),
    updateBytes,
  };
  if (allocatedBytes(passing) >= updateBytes) return passing;
  return {
    ...passing,
    layerActivations: b(0),
    endActivations: b(0),
    logits: b(0),
    workingSet: b(0),
    communicationBuffers: b(lasting + updateBuffers),
  };
}

/** Gradient buckets that stay allocated from step to step. */
function lastingBuckets(
  {software}: Cluster,
  {data}: DataGroups,
  sharding: Layout['sharding'],
  gradients: number,
): number {
  const replicated = sharding === 'none' || sharding === 'optimizer';
  return replicated && data.size > 1 && software.memory.gradientBuckets === 'all' ? gradients : 0;
}

/**
 * Buffers of the data-parallel communication: a bucket of gradients, or the whole gradient of a layer
 * where only shards are kept, of a chunk where chunks take turns and each adds up its gradients over the
 * micro-batches of its turn; with sharded parameters also the gathered weights of the layer at work
 * and of the next one.
 */
function dataParallelBuffers(
  {software}: Cluster,
  sharding: Layout['sharding'],
  groups: DataGroups,
  parameters: DeviceParameters,
  states: StateBytes,
): number {
  if (groups.data.size === 1) return 0;
  const {bucket, gradientReduceBytes, memory} = software;
  const all = parameters.dense + parameters.expert;
  const reduced = Math.min(bucket, all * gradientReduceBytes);
  if (sharding === 'none' || sharding === 'optimizer') return memory.gradientBuckets === 'all' ? 0 : reduced;
  // Experts that no other rank holds are not sharded, and so not gathered.
  const largest = parameters.largestDense + (groups.expertData.size > 1 ? parameters.largestExpert : 0);
  const summed = sharding === 'gradients' ? parameters.largestChunk * states.gradient : 0;
  const gradient = Math.max(reduced, largest * gradientReduceBytes, summed);
  return gradient + (sharding === 'parameters' ? Math.min(2 * largest, all) * states.pass : 0);
}
