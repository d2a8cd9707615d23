import type {NarrowableField} from '../../layout/fields.js';
import type {NarrowedValues, Plan} from '../../plan/plan.js';

/** The pinned value, or those of `open` that the plan's own search section leaves. */
export function choices(plan: Plan, field: NarrowableField, open: readonly number[]): readonly number[] {
  const pinned = plan.pins[field];
  if (pinned !== undefined) return [pinned];
  const narrowed: NarrowedValues | undefined = plan.narrowed[field];
  if (narrowed === undefined) return open;
  return open.filter(value =>
    'min' in narrowed ? value >= narrowed.min && value <= narrowed.max : narrowed.includes(value),
  );
}
