import type {Layout} from '../layout/layout.js';

/**
 * `compute`, done once for all layouts that agree in `fields`.
 *
 * A search visits layouts that differ in one field after the other, so the last answer is tried
 * before a key is made.
 */
export function remembered<Value>(
  fields: readonly (keyof Layout)[],
  compute: (layout: Layout) => Value,
): (layout: Layout) => Value {
  const known = new Map<string, Value>();
  let last: {readonly layout: Layout; readonly value: Value} | null = null;
  return layout => {
    if (last !== null && agree(fields, last.layout, layout)) return last.value;
    const key = fields.map(field => keyOf(layout[field])).join(' ');
    let value = known.get(key);
    if (value === undefined) {
      value = compute(layout);
      known.set(key, value);
    }
    last = {layout, value};
    return value;
  };
}

function agree(fields: readonly (keyof Layout)[], a: Layout, b: Layout): boolean {
  for (let i = 0; i < fields.length; i += 1) {
    const field = fields[i] as keyof Layout;
    if (a[field] !== b[field]) return false;
  }
  return true;
}

function keyOf(value: Layout[keyof Layout]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
