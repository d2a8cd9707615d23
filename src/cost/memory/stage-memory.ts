import type {Cluster} from '../../cluster/cluster.js';
import type {Layout, Recompute} from '../../layout/layout.js';
import type {Training} from '../../layout/training.js';
import {embeddingOperators, headOperators} from '../../model/layer-operators.js';
import type {Transformer} from '../../model/transformer.js';
import type {Bytes} from '../../units/quantities.js';
import type {Chunk} from '../chunk.js';
import {recomputedLayers} from '../chunk-times.js';
import type {DataGroups} from '../data-parallel.js';
import type {Device} from '../kernels/device.js';
import type {PieceCosts} from '../pieces.js';
import {type Shard, tokenCounts} from '../shard.js';
import type {DeviceParameters} from '../stage-parameters.js';
import {keptBytes} from './activations.js';
import {allocatedBytes, type StageMoments} from './memory.js';
import {activationsAreOffloaded, optimizerIsOffloaded, type StateBytes, stateBytes} from './model-states.js';

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

/** What a stage of `chunks` keeps and needs for activations. */
export function stageActivations(
  device: Device,
  model: Transformer,
  layout: Pick<Layout, 'pipeline' | 'recompute'>,
  chunks: readonly Chunk[],
  pieces: PieceCosts,
): StageActivations {
  return {
    ...fixedActivations(device, model, layout, chunks, pieces),
    layersPerPass: keptOfLayers(chunks, pieces, layout.recompute) / chunks.length,
    working: workingBytes(device, model, chunks, pieces, layout.recompute),
  };
}

/** Activations of a stage whatever it recomputes. */
function fixedActivations(
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
    embeddingPerPass: hasEmbedding ? endBytes(embeddingOperators(model), shard, device) / chunks.length : 0,
    head: hasHead ? headBytes(device, model, shard) : 0,
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
function keptOfLayers(chunks: readonly Chunk[], pieces: PieceCosts, recompute: Recompute): number {
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

function endBytes(operators: ReturnType<typeof headOperators>, shard: Shard, device: Device): number {
  const buffers = operators.filter(operator => operator.kind !== 'loss').flatMap(operator => operator.saved);
  return keptBytes(buffers, shard, device.activationBytes, []);
}

/** Under sequence parallelism the head's input is gathered, and its gradient not yet scattered. */
function headBytes(device: Device, model: Transformer, shard: Shard): number {
  const gathered = shard.sequenceParallel ? 2 * wholeBytes(device, model, shard) : 0;
  return endBytes(headOperators(model), shard, device) + gathered;
}

/** A fused loss reads the logits and writes their gradient; an unfused one makes copies. */
function logitBytes(shard: Shard, device: Device): number {
  const ranks = shard.memory.loss === 'gathered' ? 1 : shard.tensor;
  const elements = (tokenCounts(shard).shared * shard.paddedVocabulary) / ranks;
  return elements * (shard.fused.crossEntropy ? 2 * device.activationBytes : shard.memory.logitBytes);
}

/** One stage, as its memory depends on it. */
export interface StageMemoryWork {
  readonly cluster: Cluster;
  readonly training: Training;
  readonly layout: Layout;
  readonly groups: DataGroups;
}

/**
 * What one device of a stage holds at its peak.
 *
 * @param passesInFlight passes through a chunk whose activations are held at once
 */
export function stageMemory(
  {cluster, training, layout, groups}: StageMemoryWork,
  parameters: DeviceParameters,
  activations: StageActivations,
  passesInFlight: number,
): StageMoments {
  const states = stateBytes(training, cluster.software);
  const {sharding} = layout;
  const {memory} = cluster.software;
  const dense = groups.shard.size;
  const expert = Math.min(dense, groups.expertData.size);
  const whole = parameters.dense + parameters.expert;
  const share = parameters.dense / dense + parameters.expert / expert;
  const all = sharding === 'parameters';
  const kept = activationsAreOffloaded(layout)
    ? 2 * activations.largestLayer
    : activations.layersPerPass * passesInFlight;
  const b = (n: number) => n as Bytes;
  const lasting =
    activations.gathered + lastingBuckets(cluster, groups, sharding, whole * states.pass) + memory.workspace;
  const gather =
    memory.updateGather === 'buffered' && sharding === 'optimizer' && dense > 1 ? whole + share : 0;
  const held = {
    weights: b(states.weight * (all ? share : whole)),
    gradients: b(states.gradient * (all || sharding === 'gradients' ? share : whole)),
    optimizer: b(
      optimizerIsOffloaded(layout)
        ? 0
        : (states.optimizer + states.outer) * (sharding === 'none' ? whole : share),
    ),
  };
  const updating: StageMoments = {
    ...held,
    layerActivations: b(0),
    endActivations: b(0),
    logits: b(0),
    workingSet: b(0),
    communicationBuffers: b(lasting + states.pass * gather),
    updateBytes: b(held.weights + held.gradients + held.optimizer + lasting + states.pass * gather),
  };
  const passing: StageMoments = {
    ...updating,
    layerActivations: b(kept),
    endActivations: b(activations.embeddingPerPass * passesInFlight + activations.head),
    logits: b(activations.logits),
    workingSet: b(activations.working),
    communicationBuffers: b(
      activations.messages + lasting + dataParallelBuffers(cluster, layout, groups, parameters, states),
    ),
  };
  return allocatedBytes(passing) < updating.updateBytes ? updating : passing;
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
 * where only shards are kept; with sharded parameters also the gathered weights of the layer at work
 * and of the next one.
 */
function dataParallelBuffers(
  {software}: Cluster,
  {sharding}: Layout,
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
  const gradient = Math.max(reduced, largest * gradientReduceBytes);
  return gradient + (sharding === 'parameters' ? Math.min(2 * largest, all) * states.pass : 0);
}
