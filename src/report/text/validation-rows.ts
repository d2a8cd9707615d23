import type {PredictedRow, ValidationRow} from '../../calibration/validation.js';
import {formatBinaryBytes, formatSeconds} from '../../units/format-quantity.js';
import type {Page} from '../page/page.js';
import {paint} from '../page/paint.js';
import {renderTable} from '../page/table.js';
import {wrap} from '../page/wrap.js';
import {signedPercent} from './error-cells.js';

const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
const left = (title: string, drop: number) => ({title, align: 'left' as const, drop});

/** Every row that was predicted, in the order of its table; then the others with the reason. */
export function renderValidationRows(page: Page, rows: readonly ValidationRow[]): string[] {
  const skipped = rows.filter(row => row.status === 'skipped');
  return [
    paint(page, 'title', 'row by row'),
    ...renderTable(page, {
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
    }),
    ...skipped.flatMap(({id, reason}) => wrap(page, `${id} not predicted: ${reason}`, {hanging: '  '})),
  ];
}

function rowCells({id, measured, predicted, hardware, software, confidence}: PredictedRow): string[] {
  const error = (figure: number | null, told: number) =>
    figure === null ? '' : signedPercent(told / figure - 1);
  const bytes = measured.peakMemoryBytes;
  const seconds = measured.stepSeconds;
  return [
    confidence === 'low' ? `${id} (low confidence)` : id,
    seconds === null ? '' : formatSeconds(seconds),
    formatSeconds(predicted.stepSeconds),
    error(seconds, predicted.stepSeconds),
    bytes === null ? '' : formatBinaryBytes(bytes),
    formatBinaryBytes(predicted.peakMemoryBytes),
    error(bytes, predicted.peakMemoryBytes),
    fitWord(measured.fits, predicted.fits),
    hardware,
    software,
  ];
}

function fitWord(measured: boolean, predicted: boolean): string {
  if (measured) return predicted ? 'yes' : 'false alarm';
  return predicted ? 'missed' : 'no, as said';
}
