import type {Layout} from '../../layout/layout.js';
import {recomputeInWords} from '../../report/text/layout-words.js';
import type {Row} from '../planning/reply.js';

/** A column of the table that shows a field of the layout, and where a pin can hold it. */
export interface LayoutColumn {
  readonly field: keyof Layout;
  readonly title: string;
  readonly cell: (layout: Layout) => string;
  /** Cell of the usual choice; the column is shown if a row differs from it. Absent: always shown. */
  readonly usual?: string;
}

const zeroStages = {none: '0', optimizer: '1', gradients: '2', parameters: '3'} as const;

export const layoutColumns: readonly LayoutColumn[] = [
  {field: 'tensor', title: 'tp', cell: ({tensor}) => String(tensor)},
  {field: 'context', title: 'cp', cell: ({context}) => String(context), usual: '1'},
  {field: 'expert', title: 'ep', cell: ({expert}) => String(expert), usual: '1'},
  {field: 'pipeline', title: 'pp', cell: ({pipeline}) => String(pipeline)},
  {field: 'virtualStages', title: 'vpp', cell: ({virtualStages}) => String(virtualStages)},
  {field: 'data', title: 'dp', cell: ({data}) => String(data)},
  {field: 'microBatch', title: 'mbs', cell: ({microBatch}) => String(microBatch)},
  {field: 'sharding', title: 'ZeRO', cell: ({sharding}) => zeroStages[sharding]},
  {field: 'recompute', title: 'recompute', cell: recomputeInWords},
  {field: 'offload', title: 'offload', cell: ({offload}) => offload, usual: 'none'},
];

/** The columns to show for these rows. */
export function shownColumns(rows: readonly Row[]): readonly LayoutColumn[] {
  return layoutColumns.filter(
    ({usual, cell}) => usual === undefined || rows.some(({layout}) => cell(layout) !== usual),
  );
}

/** Identifies a layout among the rows of a table. */
export function layoutKeyOf(layout: Layout): string {
  return JSON.stringify(layout);
}
