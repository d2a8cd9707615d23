import type {Cluster} from '../cluster/cluster.js';
import {type Group, prepareGroup} from '../cluster/group.js';
import {collectiveSeconds} from '../cost/collective/collective.js';
import type {RankContext} from '../cost/layers/rank-context.js';
import type {StageGroups} from '../cost/workload/groups.js';
import {tokenCounts} from '../cost/workload/rank-workload.js';
import {paddedVocabulary} from '../frameworks/padded-vocabulary.js';
import type {SoftwareStack} from '../frameworks/stack.js';
import type {Layout} from '../layout/layout.js';
import type {GroupKind} from '../layout/rank-axes.js';
import type {Transformer} from '../model/transformer.js';
import type {Bytes} from '../units/quantities.js';

/** Every group that a device of the layout communicates in. @param place placement of a group by kind */
export function groupsFor(place: (layout: Layout, kind: GroupKind) => Group, layout: Layout): StageGroups {
  return {
    tensor: place(layout, 'tensor'),
    context: place(layout, 'context'),
    expert: place(layout, 'expert'),
    data: place(layout, 'data'),
    shard: place(layout, 'shard'),
    replica: place(layout, 'replica'),
    expertData: place(layout, 'expertData'),
    pipeline: place(layout, 'pipeline'),
  };
}

/** One message between stages: the activations of a micro-batch, a part from each tensor rank. */
export function boundarySeconds(
  {device, model, workload}: RankContext,
  pipeline: Group,
  {messageLaunch}: SoftwareStack,
): number {
  if (pipeline.size === 1) return 0;
  const tokens = tokenCounts(workload).shared / workload.tensor;
  const bytes = tokens * model.hiddenSize * device.activationBytes;
  return collectiveSeconds('sendRecv', bytes as Bytes, pipeline) + messageLaunch;
}

/** A tied embedding on the first and the last stage: its two gradients are added up. */
export function tiedEmbeddingSeconds(
  cluster: Cluster,
  model: Transformer,
  layout: Pick<Layout, 'tensor' | 'pipeline'>,
  pipeline: Group,
): number {
  if (!model.tiedEmbeddings || layout.pipeline === 1) return 0;
  const {software} = cluster;
  const rows = paddedVocabulary(model.vocabularySize, software.memory.vocabularyMultiple, layout.tensor);
  const ends = prepareGroup(cluster, {size: 2, stride: pipeline.stride * (layout.pipeline - 1)});
  const bytes = (rows / layout.tensor) * model.hiddenSize * software.gradientReduceBytes;
  return collectiveSeconds('allReduce', bytes as Bytes, ends);
}
