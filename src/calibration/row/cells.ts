import type {MeasurementRow} from '../measurement.js';

/** A number; null: the cell is empty, or holds something else. */
export function number(row: MeasurementRow, column: string): number | null {
  const text = row[column] ?? '';
  const value = Number(text);
  return text === '' || !Number.isFinite(value) ? null : value;
}

/** Whether something was on; null: not stated. */
export function flag(row: MeasurementRow, column: string): boolean | null {
  const value = number(row, column);
  return value === null ? null : value !== 0;
}

/** A column that `required` has vouched for. */
export function need(row: MeasurementRow, column: string): number {
  const value = number(row, column);
  if (value === null) throw new Error(`column ${column} was checked and is not a number`);
  return value;
}
