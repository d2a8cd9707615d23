import type {Cluster} from '../cluster/cluster.js';
import {paddedVocabulary} from '../frameworks/padded-vocabulary.js';
import {type AttentionKernel, isFlash, type SoftwareStack} from '../frameworks/stack.js';
import type {Layout} from '../layout/layout.js';
import type {Training} from '../layout/training.js';
import {selectiveParts} from '../model/selective-recompute.js';
import type {Transformer} from '../model/transformer.js';
import type {Shard} from './shard.js';

/** What of a layout says how a micro-batch lies. */
export type ShardLayout = Pick<
  Layout,
  | 'tensor'
  | 'expertTensor'
  | 'expert'
  | 'context'
  | 'sequenceParallel'
  | 'microBatch'
  | 'causalBalancing'
  | 'contextExchange'
  | 'asyncTensor'
>;

/** How a micro-batch lies on a device under `layout`. */
export function shardOf(
  cluster: Cluster,
  model: Transformer,
  training: Training,
  layout: ShardLayout,
): Shard {
  const {software} = cluster;
  return {
    tensor: layout.tensor,
    expertTensor: layout.expertTensor,
    expert: layout.expert,
    context: layout.context,
    sequenceParallel: layout.sequenceParallel && layout.tensor > 1,
    microBatch: layout.microBatch,
    sequenceLength: training.sequenceLength,
    attentionKernel: attentionKernelFor(model, training, software),
    fused: software.fused,
    dropout: model.dropout,
    selective: selectiveParts(model, software.selectiveRecompute),
    paddedVocabulary: paddedVocabulary(
      model.vocabularySize,
      software.memory.vocabularyMultiple,
      layout.tensor,
    ),
    memory: software.memory,
    gradientBytes: training.gradientBytes ?? software.gradientBytes,
    // In order of the sequence the last of n ranks keeps 2 n - 1 of the n^2 pairs of blocks, n on average.
    causalImbalance: layout.causalBalancing ? 1 : 2 - 1 / layout.context,
    expertImbalance: training.expertImbalance,
    contextExchange: layout.contextExchange,
    asyncTensor: layout.asyncTensor,
    expertDispatch: software.expertDispatch,
    expertDispatchBytes: software.expertDispatchBytes,
  };
}

/** The kernel that the plan or the stack names, unless the model's heads are too wide for it. */
function attentionKernelFor(
  {attention}: Transformer,
  training: Training,
  software: SoftwareStack,
): AttentionKernel {
  const named = training.attentionKernel ?? software.attentionKernel;
  const headSize =
    attention.kind === 'grouped' ? attention.headSize : attention.nopeHeadSize + attention.ropeHeadSize;
  return isFlash(named) && headSize > software.flashHeadLimit ? 'fused-softmax' : named;
}
