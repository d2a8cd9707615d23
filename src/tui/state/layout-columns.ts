import {fieldNamed, hasEffect, type LayoutFieldName, layoutFieldNames} from '../../layout/fields.js';
import type {Layout} from '../../layout/layout.js';
import {formatRecompute} from '../../report/words/format-layout.js';
import type {Row} from '../planning/reply.js';

/** A column of the table that shows a field of the layout, and where a pin can hold it. */
export interface LayoutColumn {
  readonly field: LayoutFieldName;
  readonly title: string;
  readonly cell: (layout: Layout) => string;
}

/** Every field with a heading that a plan states, in the order in which plans are written. */
export const layoutColumns: readonly LayoutColumn[] = layoutFieldNames.flatMap(field => {
  const {heading, written} = fieldNamed(field);
  return heading === undefined || written === 'unless-default'
    ? []
    : [{field, title: heading, cell: layout => cellOf(layout, field)}];
});

const zeroStages = {none: '0', optimizer: '1', gradients: '2', parameters: '3'} as const;

function cellOf(layout: Layout, field: LayoutFieldName): string {
  if (field === 'sharding') return zeroStages[layout.sharding];
  if (field === 'recompute') return formatRecompute(layout);
  const value = layout[field];
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** Fields whose columns are shown whatever the rows. */
const alwaysShown: ReadonlySet<LayoutFieldName> = new Set(
  layoutFieldNames.filter(
    name => fieldNamed(name).written === 'always' && !['layer', 'pipeline'].includes(fieldNamed(name).scope),
  ),
);

/** The columns to show for these rows: also a field in which two of them differ, or that has an unusual value. */
export function shownColumns(rows: readonly Row[]): readonly LayoutColumn[] {
  return layoutColumns.filter(
    column => alwaysShown.has(column.field) || differs(rows, column) || isUnusual(rows, column),
  );
}

/** True if rows in which the field has an effect differ in it. */
export function differs(rows: readonly Row[], {field, cell}: LayoutColumn): boolean {
  const cells = rows.filter(({layout}) => hasEffect(layout, field)).map(({layout}) => cell(layout));
  return new Set(cells).size > 1;
}

function isUnusual(rows: readonly Row[], {field}: LayoutColumn): boolean {
  const {values, neutral} = fieldNamed(field);
  if (values.kind === 'flag') return false;
  return rows.some(({layout}) => hasEffect(layout, field) && layout[field] !== neutral);
}

/** Identifies a layout among the rows of a table. */
export function layoutKeyOf(layout: Layout): string {
  return JSON.stringify(layout);
}
