import type {Cluster} from '../cluster/cluster.js';
import {prepareGroup} from '../cluster/group.js';
import type {SoftwareStack} from '../cluster/software-stack.js';
import {collectiveSeconds} from '../cost/collective/collective.js';
import {paddedVocabulary} from '../cost/ends.js';
import type {Device} from '../cost/kernels/device.js';
import type {PieceCosts} from '../cost/pieces.js';
import {tokenCounts} from '../cost/shard.js';
import type {StageGroups} from '../cost/stage-groups.js';
import type {Layout} from '../layout/layout.js';
import {groupFor} from '../layout/placement.js';
import type {Transformer} from '../model/transformer.js';
import type {Bytes} from '../units/quantities.js';

/** Every group that a device of the layout communicates in, placed on the cluster. */
export function groupsFor(cluster: Cluster, layout: Layout): StageGroups {
  return {
    tensor: groupFor(cluster, layout, 'tensor'),
    context: groupFor(cluster, layout, 'context'),
    expert: groupFor(cluster, layout, 'expert'),
    data: groupFor(cluster, layout, 'data'),
    shard: groupFor(cluster, layout, 'shard'),
    replica: groupFor(cluster, layout, 'replica'),
    expertData: groupFor(cluster, layout, 'expertData'),
    pipeline: groupFor(cluster, layout, 'pipeline'),
  };
}

/** One message between stages: the activations of a micro-batch, a part from each tensor rank. */
export function boundarySeconds(
  device: Device,
  model: Transformer,
  groups: StageGroups,
  {shard}: PieceCosts,
  {messageLaunch}: SoftwareStack,
): number {
  if (groups.pipeline.size === 1) return 0;
  const bytes = (tokenCounts(shard).shared / shard.tensor) * model.hiddenSize * device.activationBytes;
  return collectiveSeconds('sendRecv', bytes as Bytes, groups.pipeline) + messageLaunch;
}

/** A tied embedding on the first and the last stage: its two gradients are added up. */
export function tiedEmbeddingSeconds(
  cluster: Cluster,
  model: Transformer,
  layout: Layout,
  {pipeline}: StageGroups,
): number {
  if (!model.tiedEmbeddings || layout.pipeline === 1) return 0;
  const {memory, gradientReduceBytes} = cluster.software;
  const rows = paddedVocabulary(model.vocabularySize, memory.vocabularyMultiple, layout.tensor);
  const ends = prepareGroup(cluster, {size: 2, stride: pipeline.stride * (layout.pipeline - 1)});
  const bytes = (rows / layout.tensor) * model.hiddenSize * gradientReduceBytes;
  return collectiveSeconds('allReduce', bytes as Bytes, ends);
}
