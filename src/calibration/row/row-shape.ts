import type {Transformer} from '../../model/transformer.js';
import type {MeasurementRow} from '../measurement.js';

/** What a row needs to say of a model's shape, and where a known model has it. */
const shapeColumns: readonly {readonly column: string; readonly of: (model: Transformer) => number}[] = [
  {column: 'layers', of: ({numLayers}) => numLayers},
  {column: 'hidden', of: ({hiddenSize}) => hiddenSize},
  {column: 'heads', of: ({attention}) => attention.numHeads},
  {column: 'ffn_hidden', of: ({mlp}) => mlp.hiddenSize},
  {column: 'vocab', of: ({vocabularySize}) => vocabularySize},
];

/**
 * The model of `models` that a row names and does not contradict, where the row leaves a part of its shape
 * open; null: the row says it all, or names none.
 */
export function namedShape(row: MeasurementRow, models: readonly Transformer[]): Transformer | null {
  if (shapeColumns.every(({column}) => (row[column] ?? '') !== '')) return null;
  const wanted = fold(row.model_name ?? '');
  const [model, ...others] = models.filter(model => fold(model.name) === wanted && agrees(row, model));
  return others.length > 0 ? null : (model ?? null);
}

function agrees(row: MeasurementRow, model: Transformer): boolean {
  return shapeColumns.every(
    ({column, of}) => (row[column] ?? '') === '' || Number(row[column]) === of(model),
  );
}

/** Names differ in dashes, in the publisher, in what stands in parentheses, and in "of X" and ", part". */
function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/\(.*?\)|,.*$| of .*$|^.*\//g, '')
    .replace(/llama[ -]?3\.1/, 'llama3')
    .replace(/[^a-z0-9.]/g, '');
}
