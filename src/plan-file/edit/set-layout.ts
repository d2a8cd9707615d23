import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import {layoutKeys} from '../make-plan.js';
import type {Fault} from '../quantity/parse-quantity.js';
import {type PlanValue, setInPlan} from './set-in-plan.js';

/** Fields that are written only where they say something: others hold them at these values. */
const silent: Partial<Layout> = {
  context: 1,
  expert: 1,
  shardingGroup: 'all',
  virtualStages: 1,
  offload: 'none',
  asyncTensor: false,
  contextExchange: 'all-gather',
  causalBalancing: true,
};

/** The text of a plan with a layout written into what its pins leave open, comments and formatting kept. */
export function setLayout(
  text: string,
  {pins}: Pick<Plan, 'pins'>,
  layout: Layout,
): {readonly text: string} | Fault {
  let edited = text;
  for (const field of Object.keys(layoutKeys) as (keyof Layout)[]) {
    if (pins[field] !== undefined || isSilent(layout, field)) continue;
    const step = setInPlan(edited, ['layout', layoutKeys[field]], layout[field] satisfies PlanValue);
    if ('message' in step) return step;
    edited = step.text;
  }
  return {text: edited};
}

function isSilent(layout: Layout, field: keyof Layout): boolean {
  if (field === 'rankOrder' || field === 'expertTensor') return true;
  return silent[field] === layout[field];
}
