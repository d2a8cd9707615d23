import {optimizerIsOffloaded} from '../../layout/layout.js';
import {groupFor} from '../../layout/placement.js';
import {type ConfigFragment, fragment, when} from '../config-fragment.js';
import type {PlannedRun} from '../export-target.js';

/** What data ranks share, over how many of them, and what hides behind compute. */
export function shardingFlags(run: PlannedRun): ConfigFragment {
  const {plan, layout} = run;
  const {sharding, overlapGradients, overlapParameters} = layout;
  const inFlight = [
    ...when(overlapGradients, ['--overlap-grad-reduce']),
    ...when(overlapParameters && sharding !== 'none', ['--overlap-param-gather']),
  ];
  switch (sharding) {
    case 'none':
      return fragment([...when(needsShards(run), ['--use-distributed-optimizer']), ...inFlight]);
    case 'optimizer':
      // Its optimizer of that name shards itself.
      return plan.training.optimizer === 'muon'
        ? fragment(inFlight.filter(([name]) => name !== '--overlap-param-gather'))
        : fragment([['--use-distributed-optimizer'], ...instances(run), ...inFlight]);
    case 'gradients':
    case 'parameters':
      return fragment([
        ['--use-megatron-fsdp'],
        [
          '--data-parallel-sharding-strategy',
          sharding === 'gradients' ? 'optim_grads' : 'optim_grads_params',
        ],
        ['--use-distributed-optimizer'],
        ...instances(run),
        ['--ckpt-format', 'fsdp_dtensor'],
        ['--no-gradient-accumulation-fusion'],
        ...inFlight,
      ]);
  }
}

/** Over one data rank nothing is sharded, but an offloaded optimizer and narrow states run as a shard alone. */
function needsShards({plan, layout}: PlannedRun): boolean {
  const {optimizer} = plan.training;
  return (
    layout.data * layout.context === 1 &&
    (optimizerIsOffloaded(layout) || optimizer === 'adam-16bit' || optimizer === 'adam-8bit')
  );
}

/** Copies of the sharded state, where one does not spread over all data ranks. */
function instances({plan, layout}: PlannedRun) {
  const ranks = layout.data * layout.context;
  const copies = ranks / groupFor(plan.cluster, layout, 'shard').size;
  return when(copies > 1, ['--num-distributed-optimizer-instances', copies]);
}
