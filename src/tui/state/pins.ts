import {layoutFieldNames, layoutFields, planPath} from '../../layout/fields.js';
import type {Layout} from '../../layout/layout.js';
import type {PlanDocument} from '../document/plan-document.js';

/** Layout fields that the plan fixes, by their keys and as they are written. */
export function pinsOf({at}: PlanDocument): readonly {readonly key: string; readonly value: string}[] {
  return layoutFieldNames.flatMap(name => {
    const value = at(planPath(name));
    return value === null ? [] : [{key: layoutFields[name].key, value}];
  });
}

export function isPinned({at}: PlanDocument, field: keyof Layout): boolean {
  return at(planPath(field)) !== null;
}
