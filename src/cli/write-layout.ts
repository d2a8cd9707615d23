import type {Layout} from '../layout/layout.js';
import {type PlanValue, setInPlan} from '../plan-file/edit/set-in-plan.js';
import {writeAtomically} from '../plan-file/edit/write-atomically.js';
import {layoutKeys} from '../plan-file/make-plan.js';
import type {Problem} from '../plan-file/problem.js';
import {problemOfFile} from '../plan-file/source.js';
import type {LoadedPlan} from './solve-plan.js';

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

/** Writes a layout into its plan file, comments and formatting kept; the problem where it cannot. */
export function writeLayout({plan, source}: LoadedPlan, layout: Layout): Problem | null {
  let text = source.text;
  for (const field of Object.keys(layoutKeys) as (keyof Layout)[]) {
    if (plan.pins[field] !== undefined || isSilent(layout, field)) continue;
    const edited = setInPlan(text, ['layout', layoutKeys[field]], layout[field] satisfies PlanValue);
    if ('message' in edited) return problemOfFile(source.path, edited);
    text = edited.text;
  }
  const fault = writeAtomically(source.path, source.text, text);
  return fault === null ? null : problemOfFile(source.path, fault);
}

function isSilent(layout: Layout, field: keyof Layout): boolean {
  if (field === 'rankOrder' || field === 'expertTensor') return true;
  return silent[field] === layout[field];
}
