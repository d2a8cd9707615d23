import {type CellFault, parseCells, type RowCells} from '../cells/parse-cells.js';
import {amountColumn, countColumn, textColumn} from '../cells/row-column.js';
import {columns} from '../rows/columns.js';

/** Columns of tables of measured collectives, by the field that they fill. */
const collectiveColumns = {
  id: textColumn('id'),
  confidence: columns.confidence,
  hardware: textColumn('hardware'),
  network: textColumn('network'),
  op: textColumn('op'),
  ranks: countColumn('ranks'),
  nodes: countColumn('nodes'),
  devicesPerNode: countColumn('gpus_per_node'),
  bytes: countColumn('bytes'),
  seconds: amountColumn('seconds', 's'),
  medianSeconds: amountColumn('seconds_median', 's'),
  flag: textColumn('flag'),
  flags: textColumn('flags'),
  library: textColumn('library'),
  settings: textColumn('settings'),
} as const;

/**
 * A measured collective. `bytes` is the buffer as nccl-tests prints it: of one rank for all_reduce and
 * all_to_all, the gathered one for all_gather, the input of one rank for reduce_scatter, the message for
 * send_recv.
 */
export interface CollectiveRow {
  readonly kind: 'collective';
  readonly id: string;
  readonly op: string;
  readonly confidence: 'high' | 'medium' | 'low' | null;
  readonly hardware: string | null;
  readonly network: string | null;
  readonly ranks: number | null;
  readonly nodes: number | null;
  readonly devicesPerNode: number | null;
  readonly bytes: number | null;
  readonly seconds: number | null;
  /** Why whoever wrote the table distrusts the row; null: nothing was found. */
  readonly flag: string | null;
  readonly library: string;
  readonly settings: string;
}

export function parseCollectiveRow(cells: RowCells): {
  readonly row: CollectiveRow;
  readonly faults: readonly CellFault[];
} {
  const {stated, faults} = parseCells(collectiveColumns, cells);
  const {medianSeconds, flags, ...own} = stated;
  const row: CollectiveRow = {
    ...own,
    kind: 'collective',
    id: stated.id ?? '',
    op: stated.op ?? '',
    seconds: stated.seconds ?? medianSeconds,
    flag: stated.flag ?? flags,
    library: stated.library ?? '',
    settings: stated.settings ?? '',
  };
  return {row, faults};
}
