import type {Bytes} from '../../units/quantities.js';
import {collectiveSeconds} from '../collective/collective.js';
import {tokenCounts} from '../workload/rank-workload.js';
import {noWork, type PassWork, workOf} from '../workload/work.js';
import {hiddenBytes} from './communication.js';
import type {RankContext} from './rank-context.js';

/** Communication of the embedding, which is split by vocabulary: the results of all ranks are summed. */
export function embeddingCommunication(rank: RankContext): PassWork {
  const {groups, workload} = rank;
  if (groups.tensor.size === 1) return noWork;
  const size = hiddenBytes(rank);
  const sp = workload.sequenceParallel;
  return workOf({
    tensorForward: collectiveSeconds(sp ? 'reduceScatter' : 'allReduce', size, groups.tensor),
    tensorBackward: sp ? collectiveSeconds('allGather', size, groups.tensor) : 0,
    forwardCalls: 1,
    backwardCalls: sp ? 1 : 0,
  });
}

/** Communication of the LM head: its input is gathered, statistics of each token and the input's gradient are summed. */
export function headCommunication(rank: RankContext): PassWork {
  const {groups, workload} = rank;
  if (groups.tensor.size === 1) return noWork;
  const size = hiddenBytes(rank);
  // Maximum, sum of exponentials and the target's logit, 4 bytes each. Megatron-LM, cross_entropy.py.
  const statisticsBytes = (4 * tokenCounts(workload).shared) as Bytes;
  const statistics = 3 * collectiveSeconds('allReduce', statisticsBytes, groups.tensor);
  const sp = workload.sequenceParallel;
  return workOf({
    tensorForward: statistics + (sp ? collectiveSeconds('allGather', size, groups.tensor) : 0),
    tensorBackward: collectiveSeconds(sp ? 'reduceScatter' : 'allReduce', size, groups.tensor),
    forwardCalls: sp ? 4 : 3,
    backwardCalls: 1,
  });
}
