import {defaultRankOrder, type RankDimension} from '../../layout/layout.js';
import type {PlannedRun} from '../export-target.js';
import {join, note, type Part, part, refuse, when} from '../part.js';

/** How devices are divided; the data degree is what remains of them. */
export function degreeFlags({plan, layout}: PlannedRun): Part {
  const {tensor, context, expert, expertTensor, sequenceParallel} = layout;
  const {experts} = plan.model;
  return join([
    part([
      ['--tensor-model-parallel-size', tensor],
      ['--pipeline-model-parallel-size', layout.pipeline],
      ...when(sequenceParallel && tensor > 1, ['--sequence-parallel']),
      ...when(layout.asyncTensor && tensor > 1 && sequenceParallel, ['--tp-comm-overlap']),
      ...when(
        context > 1,
        ['--context-parallel-size', context],
        ['--cp-comm-type', layout.contextExchange === 'ring' ? 'p2p' : 'all_gather'],
      ),
      ...when(
        experts !== null,
        ['--expert-model-parallel-size', expert],
        ['--expert-tensor-parallel-size', expertTensor],
      ),
    ]),
    ...(layout.asyncTensor && tensor > 1 && !sequenceParallel
      ? [
          refuse(
            'layout.async_tensor',
            'Megatron-LM overlaps tensor-parallel communication with sequence parallel only',
            'set layout.sequence_parallel to true, or async_tensor to false',
          ),
        ]
      : []),
    ...(experts !== null && tensor > 1 && !sequenceParallel
      ? [
          refuse(
            'layout.sequence_parallel',
            'Megatron-LM trains experts on tensor ranks with sequence parallel only',
            'set layout.sequence_parallel to true',
          ),
        ]
      : []),
    ...(context > 1 && !layout.causalBalancing
      ? [note('context ranks take early and late parts of the sequence: Megatron-LM has no other way')]
      : []),
    orderFlags(layout.rankOrder),
  ]);
}

function orderFlags(order: readonly RankDimension[]): Part {
  const wanted = order.join(' ');
  if (wanted === defaultRankOrder.join(' ')) return part([]);
  if (wanted === 'tensor context expert pipeline data') return part([['--use-tp-pp-dp-mapping']]);
  return refuse(
    'layout.rank_order',
    `Megatron-LM does not number ranks in the order ${order.join(', ')}`,
    `choose [${defaultRankOrder.join(', ')}], or the same with data behind pipeline`,
  );
}
