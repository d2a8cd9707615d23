import type {Cluster} from '../../cluster/cluster.js';
import type {Bytes} from '../../units/quantities.js';

/** What lies in the memory of one device of a stage at its peak. The parts add up to the allocated bytes. */
export interface StageMemory {
  readonly weights: Bytes;
  readonly gradients: Bytes;
  readonly optimizer: Bytes;
  /** Kept for the backward pass by the layers. */
  readonly layerActivations: Bytes;
  /** Kept by the embedding on the first stage and by norm and head on the last one. */
  readonly endActivations: Bytes;
  /** Logits and their gradient while the loss is computed. */
  readonly logits: Bytes;
  /** What the layer at work needs beyond what it keeps: recomputed activations, gradients of activations. */
  readonly workingSet: Bytes;
  /** Gathered parameters, gradient buckets, messages between stages. */
  readonly communicationBuffers: Bytes;
}

/** The peak of a stage, and what it holds at another moment of the step. */
export interface StageMoments extends StageMemory {
  /** Allocated while the optimizer steps: activations are gone, states and lasting buffers remain. */
  readonly updateBytes: Bytes;
}

/** Parts of `StageMemory` in the order in which they are added up and shown. */
export const memoryPartNames = [
  'weights',
  'gradients',
  'optimizer',
  'layerActivations',
  'endActivations',
  'logits',
  'workingSet',
  'communicationBuffers',
] as const satisfies readonly (keyof StageMemory)[];

/** What the tensors of a stage take: the sum of its parts. */
export function allocatedBytes(stage: StageMemory): Bytes {
  // Written out, in the order of `memoryPartNames`: a search asks for it millions of times.
  return (stage.weights +
    stage.gradients +
    stage.optimizer +
    stage.layerActivations +
    stage.endActivations +
    stage.logits +
    stage.workingSet +
    stage.communicationBuffers) as Bytes;
}

/** Memory of the fullest stage against what the device has. */
export interface MemoryEstimate {
  readonly stages: readonly StageMoments[];
  /** Index of the fullest stage. */
  readonly fullest: number;
  /** Allocated by tensors on the fullest stage. */
  readonly peakBytes: Bytes;
  /** Held by the caching allocator on the fullest stage. */
  readonly reservedBytes: Bytes;
  /** Device context, library workspaces and communicators, outside the allocator. */
  readonly outsideAllocatorBytes: Bytes;
  /** `peakBytes` and what is outside the allocator. */
  readonly neededBytes: Bytes;
  readonly capacityBytes: Bytes;
  readonly fits: boolean;
}

/** Device context, library workspaces and communicators. @param communicators groups that a device belongs to */
export function outsideAllocatorBytes({software}: Cluster, communicators: number): Bytes {
  return (software.memory.context + communicators * software.memory.communicator) as Bytes;
}

/** What tensors and the rest together may take of a device before fragmentation makes an allocation fail. */
export function usableBytes({accelerator, software}: Cluster): Bytes {
  return (accelerator.memory * software.memory.usable) as Bytes;
}

/** @param communicators groups of more than one rank that a device belongs to */
export function memoryEstimate(
  cluster: Cluster,
  stages: readonly StageMoments[],
  communicators: number,
): MemoryEstimate {
  let fullest = 0;
  for (let stage = 1; stage < stages.length; stage += 1) {
    if (allocatedBytes(stages[stage] as StageMemory) > allocatedBytes(stages[fullest] as StageMemory)) {
      fullest = stage;
    }
  }
  const peakBytes = allocatedBytes(stages[fullest] as StageMemory);
  const outside = outsideAllocatorBytes(cluster, communicators);
  return {
    stages,
    fullest,
    peakBytes,
    reservedBytes: (peakBytes * (1 + cluster.software.memory.reserve)) as Bytes,
    outsideAllocatorBytes: outside,
    neededBytes: (peakBytes + outside) as Bytes,
    capacityBytes: cluster.accelerator.memory,
    // The allocator gives cached blocks back before it fails, so what is allocated decides.
    fits: peakBytes <= usableBytes(cluster) - outside,
  };
}
