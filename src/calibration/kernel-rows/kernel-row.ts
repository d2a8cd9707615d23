import {type CellFault, parseCells, type RowCells} from '../cells/parse-cells.js';
import {amountColumn, countColumn, flagColumn, type StatedCells, textColumn} from '../cells/row-column.js';
import {columns} from '../rows/columns.js';

/** Columns of tables of measured kernels, by the field that they fill. */
const kernelColumns = {
  id: textColumn('id'),
  confidence: columns.confidence,
  hardware: textColumn('hardware'),
  op: textColumn('op'),
  pass: textColumn('pass'),
  library: textColumn('library'),
  dtype: textColumn('dtype'),
  batch: countColumn('batch'),
  m: countColumn('m'),
  n: countColumn('n'),
  k: countColumn('k'),
  groups: countColumn('groups'),
  sequence: countColumn('seq'),
  heads: countColumn('heads'),
  keyValueHeads: countColumn('kv_heads'),
  headSize: countColumn('head_dim'),
  causal: flagColumn('causal'),
  window: countColumn('window', 0),
  hidden: countColumn('hidden'),
  bytes: countColumn('bytes'),
  vocabulary: countColumn('vocab'),
  seconds: amountColumn('seconds', 's'),
  medianSeconds: amountColumn('seconds_median', 's'),
  flag: textColumn('flag'),
  flags: textColumn('flags'),
  notes: textColumn('notes'),
} as const;

type StatedKernel = StatedCells<typeof kernelColumns>;

/** Sizes that a row of a kernel may state. */
export type KernelSize =
  | 'batch'
  | 'm'
  | 'n'
  | 'k'
  | 'groups'
  | 'sequence'
  | 'heads'
  | 'headSize'
  | 'hidden'
  | 'vocabulary'
  | 'bytes';

/** Passes that a row may time; `both` is forward and backward together. */
export const kernelPasses = [
  'forward',
  'backward',
  'both',
  'input-gradient',
  'weight-gradient',
  'step',
] as const;
export type KernelPassName = (typeof kernelPasses)[number];

/** A measured kernel. A size that the row leaves open is null. */
export interface KernelRow
  extends Pick<
    StatedKernel,
    KernelSize | 'keyValueHeads' | 'causal' | 'window' | 'confidence' | 'hardware' | 'dtype'
  > {
  readonly kind: 'kernel';
  readonly id: string;
  /** As the table names it, with its pass. */
  readonly op: string;
  /** Without its pass. */
  readonly operator: string;
  readonly pass: KernelPassName;
  readonly library: string;
  readonly notes: string;
  readonly seconds: number | null;
  /** Why whoever wrote the table distrusts the row; null: nothing was found. */
  readonly flag: string | null;
  readonly network: null;
}

export function parseKernelRow(cells: RowCells): {
  readonly row: KernelRow;
  readonly faults: readonly CellFault[];
} {
  const {stated, faults} = parseCells(kernelColumns, cells);
  const {operator, pass} = operatorAndPass(stated.op ?? '', stated.pass);
  const includesForward = pass === 'backward' && /includes the forward/i.test(stated.notes ?? '');
  const row: KernelRow = {
    ...stated,
    kind: 'kernel',
    id: stated.id ?? '',
    op: stated.pass === null ? (stated.op ?? '') : `${stated.op}-${stated.pass}`,
    operator,
    pass: includesForward ? 'both' : pass,
    library: stated.library ?? '',
    notes: stated.notes ?? '',
    seconds: stated.seconds ?? stated.medianSeconds,
    flag: stated.flag ?? stated.flags,
    network: null,
  };
  return {row, faults};
}

const passOf: Readonly<Record<string, KernelPassName>> = {
  forward: 'forward',
  backward: 'backward',
  full: 'both',
  'forward-backward': 'both',
  'input-gradient': 'input-gradient',
  'weight-gradient': 'weight-gradient',
  step: 'step',
};

/** The pass stands in a column of its own, or ends the name of the operator; a bare name is one kernel. */
function operatorAndPass(
  op: string,
  column: string | null,
): {readonly operator: string; readonly pass: KernelPassName} {
  if (column !== null) return {operator: op, pass: passOf[column] ?? 'forward'};
  const match = /^(.*?)-(forward-backward|forward|backward|full|input-gradient|weight-gradient)$/.exec(op);
  const [, operator = op, pass = 'forward'] = match ?? [];
  return {operator, pass: passOf[pass] ?? 'forward'};
}
