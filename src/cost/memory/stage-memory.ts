import type {Cluster} from '../../cluster/cluster.js';
import type {Layout} from '../../layout/layout.js';
import {optimizerIsOffloaded} from '../../layout/layout.js';
import type {Training} from '../../plan/training.js';
import type {Bytes} from '../../units/quantities.js';
import type {DataGroups} from '../workload/groups.js';
import type {DeviceParameters} from '../workload/stage-parameters.js';
import {allocatedBytes, type StageMoments} from './memory.js';
import {type StateBytes, stateBytes} from './model-states.js';
import type {StageActivations} from './stage-activations.js';

/** What the states of a stage depend on besides its parameters. */
export interface StageMemoryInput {
  readonly cluster: Cluster;
  readonly training: Training;
  readonly layout: Pick<Layout, 'sharding' | 'offload' | 'overlapGradients'>;
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
  {cluster, training, layout, groups}: StageMemoryInput,
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
    updateBuffers: Math.max(
      states.pass * gather + states.update * (sharding === 'none' ? whole : share),
      reducesInPasses(cluster, layout) ? 0 : reducedBucket(cluster, groups, whole),
    ),
    passBuffers: dataParallelBuffers({cluster, layout, groups}, parameters, states),
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

/** Whether gradients are reduced while activations are held, not once when all micro-batches have passed. */
function reducesInPasses({software}: Cluster, {overlapGradients}: StageMemoryInput['layout']): boolean {
  return overlapGradients || software.reduction.sync !== 'once';
}

/** A bucket that gradients are copied into while they are reduced; none where they stand in one buffer. */
function reducedBucket({software}: Cluster, {data}: DataGroups, parameters: number): number {
  const {reduction, gradientReduceBytes} = software;
  return data.size === 1 || reduction.replicas === 'buffers'
    ? 0
    : Math.min(reduction.bucket, parameters) * gradientReduceBytes;
}

/**
 * Buffers of the data-parallel communication while micro-batches pass: a bucket of gradients where they are
 * reduced in the backward pass (after it, activations are gone), or the whole gradient of a layer where only
 * shards are kept, of a chunk where chunks take turns and each adds up its gradients over the
 * micro-batches of its turn; with sharded parameters also the gathered weights of the layer at work
 * and of the next one.
 */
function dataParallelBuffers(
  {cluster, layout, groups}: Pick<StageMemoryInput, 'cluster' | 'layout' | 'groups'>,
  parameters: DeviceParameters,
  states: StateBytes,
): number {
  if (groups.data.size === 1) return 0;
  const {sharding} = layout;
  const {gradientReduceBytes, memory} = cluster.software;
  const all = parameters.dense + parameters.expert;
  const reduced = reducedBucket(cluster, groups, all);
  if (sharding === 'none' || sharding === 'optimizer') {
    return memory.gradientBuckets === 'one' && reducesInPasses(cluster, layout) ? reduced : 0;
  }
  // Experts that no other rank holds are not sharded, and so not gathered.
  const largest = parameters.largestDense + (groups.expertData.size > 1 ? parameters.largestExpert : 0);
  const summed = sharding === 'gradients' ? parameters.largestChunk * states.gradient : 0;
  const gradient = Math.max(reduced, largest * gradientReduceBytes, summed);
  return gradient + (sharding === 'parameters' ? Math.min(2 * largest, all) * states.pass : 0);
}
