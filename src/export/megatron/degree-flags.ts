import type {RankDimension} from '../../layout/layout.js';
import {type ConfigFragment, concatFragments, fragment, note, when} from '../config-fragment.js';
import type {PlannedRun} from '../export-target.js';

/** How devices are divided; the data degree is what remains of them. */
export function degreeFlags({plan, layout}: PlannedRun): ConfigFragment {
  const {tensor, context, expert, expertTensor, sequenceParallel} = layout;
  const {experts} = plan.model;
  return concatFragments([
    fragment([
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
    ...(context > 1 && !layout.causalBalancing
      ? [note('context ranks take early and late parts of the sequence: Megatron-LM has no other way')]
      : []),
    orderFlags(layout.rankOrder),
  ]);
}

function orderFlags(order: readonly RankDimension[]): ConfigFragment {
  const isPipelineFirst = order.indexOf('pipeline') < order.indexOf('data');
  return fragment(when(isPipelineFirst, ['--use-tp-pp-dp-mapping']));
}
