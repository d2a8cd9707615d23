import type {NarrowableField} from '../../../layout/fields.js';
import type {Layout} from '../../../layout/layout.js';
import type {Plan} from '../../../plan/plan.js';
import {searchLayouts} from '../../../search/search.js';
import {choices} from '../../../search/space/choices.js';
import type {Degrees} from '../../../search/space/degrees.js';
import {type PlannedSpeed, plannedSpeed} from '../candidate.js';

const narrowable: readonly (NarrowableField & keyof Degrees)[] = [
  'tensor',
  'context',
  'pipeline',
  'data',
  'expert',
];

export function degreesOf({tensor, context, pipeline, data, expert, expertTensor}: Layout): Degrees {
  return {tensor, context, pipeline, data, expert, expertTensor};
}

/** The speed of the best layout with these degrees; null where the plan leaves none open, or none fits. */
export function speedWithDegrees(plan: Plan, degrees: Degrees): PlannedSpeed | null {
  if (!Number.isInteger(plan.training.globalBatch) || !areOpen(plan, degrees)) return null;
  const pinned = {...plan, pins: {...plan.pins, ...degrees}};
  const {best} = searchLayouts(pinned, {alternatives: 0});
  return best === null ? null : plannedSpeed(plan, best.layout, best.estimate);
}

/** Whether the plan may choose them: what it pins has that value, what it narrows is among the values. */
function areOpen(plan: Plan, degrees: Degrees): boolean {
  const {expertTensor} = plan.pins;
  if (expertTensor !== undefined && expertTensor !== degrees.expertTensor) return false;
  return narrowable.every(field => choices(plan, field, [degrees[field]]).includes(degrees[field]));
}
