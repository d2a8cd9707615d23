import type {PredictedRow, ValidationRow} from '../../calibration/validation.js';
import {formatBinaryBytes, formatPercent, formatSeconds} from '../../units/format-quantity.js';
import type {Table} from '../terminal/table.js';

/** Every row that was predicted, in the order of its table. */
export function validationRowsTable(rows: readonly ValidationRow[]): Table {
  const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
  const left = (title: string, drop: number) => ({title, align: 'left' as const, drop});
  return {
    columns: [
      left('row', 0),
      right('measured', 2),
      right('predicted', 1),
      right('error', 0),
      right('memory', 4),
      right('predicted', 3),
      right('error', 0),
      left('fits', 0),
      left('hardware', 6),
      left('software', 5),
    ],
    rows: rows.filter(row => row.status === 'predicted').map(rowCells),
  };
}

function rowCells({id, measured, predicted, hardware, software, confidence}: PredictedRow): string[] {
  const seconds = measured.stepSeconds;
  const bytes = measured.peakMemoryBytes;
  return [
    confidence === 'low' ? `${id} (low confidence)` : id,
    seconds === null ? '' : formatSeconds(seconds),
    formatSeconds(predicted.stepSeconds),
    errorCell(seconds, predicted.stepSeconds),
    bytes === null ? '' : formatBinaryBytes(bytes),
    formatBinaryBytes(predicted.peakMemoryBytes),
    errorCell(bytes, predicted.peakMemoryBytes),
    fitWord(measured.fits, predicted.fits),
    hardware,
    software,
  ];
}

function errorCell(measured: number | null, predicted: number): string {
  if (measured === null) return '';
  const error = predicted / measured - 1;
  return `${error > 0 ? '+' : ''}${formatPercent(error)}`;
}

function fitWord(measured: boolean, predicted: boolean): string {
  if (measured) return predicted ? 'yes' : 'false alarm';
  return predicted ? 'missed' : 'no, as said';
}
