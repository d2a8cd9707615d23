import type {Group} from '../cluster/group.js';
import type {Transformer} from '../model/transformer.js';
import type {Bytes} from '../units/quantities.js';
import {collectiveSeconds} from './collective/collective.js';
import {type CommunicationCost, noCommunication} from './communication.js';
import type {Device} from './kernels/device.js';
import {type Shard, tokenCounts} from './shard.js';

/** The embedding is split by vocabulary: every rank holds part of the rows, and the results are summed. */
export function embeddingCommunication(
  device: Device,
  model: Transformer,
  tensor: Group,
  shard: Shard,
): CommunicationCost {
  if (tensor.size === 1) return noCommunication;
  const size = (tokenCounts(shard).shared * model.hiddenSize * device.activationBytes) as Bytes;
  const forward = collectiveSeconds(shard.sequenceParallel ? 'reduceScatter' : 'allReduce', size, tensor);
  const backward = shard.sequenceParallel ? collectiveSeconds('allGather', size, tensor) : 0;
  return {
    ...noCommunication,
    tensorForward: forward,
    tensorBackward: backward,
    forwardCalls: 1,
    backwardCalls: shard.sequenceParallel ? 1 : 0,
  };
}

/** The vocabulary is split: gather the input, sum statistics of each token, and sum the input's gradient. */
export function headCommunication(
  device: Device,
  model: Transformer,
  tensor: Group,
  shard: Shard,
): CommunicationCost {
  if (tensor.size === 1) return noCommunication;
  const rows = tokenCounts(shard).shared;
  const size = (rows * model.hiddenSize * device.activationBytes) as Bytes;
  // Maximum, sum of exponentials and the target's logit, 4 bytes each. Megatron-LM, cross_entropy.py.
  const statistics = 3 * collectiveSeconds('allReduce', (4 * rows) as Bytes, tensor);
  const sp = shard.sequenceParallel;
  return {
    ...noCommunication,
    tensorForward: statistics + (sp ? collectiveSeconds('allGather', size, tensor) : 0),
    tensorBackward: collectiveSeconds(sp ? 'reduceScatter' : 'allReduce', size, tensor),
    forwardCalls: sp ? 4 : 3,
    backwardCalls: 1,
  };
}
