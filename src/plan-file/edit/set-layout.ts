import {withDefaults} from '../../frameworks/complete-layout.js';
import {
  fieldNamed,
  hasEffect,
  type LayoutFieldName,
  layoutFieldNames,
  planPath,
} from '../../layout/fields.js';
import type {Layout} from '../../layout/layout.js';
import type {RuleSubject} from '../../layout/rule.js';
import type {Fault} from '../quantity/parse-quantity.js';
import {type PlanValue, setInPlan} from './set-in-plan.js';

/**
 * The text of a plan with a layout written into what its pins leave open, comments and formatting kept. What a
 * reader of the text would take anyway is left out.
 */
export function setLayout(
  text: string,
  {pins, ...subject}: RuleSubject & {readonly pins: Partial<Layout>},
  layout: Layout,
): {readonly text: string} | Fault {
  let edited = text;
  for (const field of writtenFields(pins, subject, layout)) {
    const step = setInPlan(edited, planPath(field), layout[field] satisfies PlanValue);
    if ('message' in step) return step;
    edited = step.text;
  }
  return {text: edited};
}

/** Open fields that a plan must state for this layout: the usual ones, and each whose default is another value. */
function writtenFields(
  pins: Partial<Layout>,
  subject: RuleSubject,
  layout: Layout,
): readonly LayoutFieldName[] {
  const open = layoutFieldNames.filter(field => pins[field] === undefined);
  const usual = open.filter(field => {
    const {written, neutral} = fieldNamed(field);
    return written === 'always' || (written === 'unless-neutral' && neutral !== layout[field]);
  });
  const stated = {...pins, ...Object.fromEntries(usual.map(field => [field, layout[field]]))};
  const read = withDefaults(stated, subject);
  return open.filter(
    field =>
      usual.includes(field) ||
      (hasEffect(layout, field) && JSON.stringify(read[field]) !== JSON.stringify(layout[field])),
  );
}
