import {fieldNamed, type LayoutFieldName, layoutFieldNames, layoutFields} from '../../layout/fields.js';
import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../plan/plan.js';
import type {Fault} from '../quantity/parse-quantity.js';
import {type PlanValue, setInPlan} from './set-in-plan.js';

/** The text of a plan with a layout written into what its pins leave open, comments and formatting kept. */
export function setLayout(
  text: string,
  {pins}: Pick<Plan, 'pins'>,
  layout: Layout,
): {readonly text: string} | Fault {
  let edited = text;
  for (const field of layoutFieldNames) {
    if (pins[field] !== undefined || isOmitted(layout, field)) continue;
    const step = setInPlan(edited, ['layout', layoutFields[field].key], layout[field] satisfies PlanValue);
    if ('message' in step) return step;
    edited = step.text;
  }
  return {text: edited};
}

function isOmitted(layout: Layout, field: LayoutFieldName): boolean {
  const {written, neutral} = fieldNamed(field);
  return written === 'never' || (written === 'unless-neutral' && neutral === layout[field]);
}
