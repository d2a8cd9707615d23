import type {ValidationRow} from '../../../calibration/validation.js';
import {validationRowsTable} from '../../measured/validation-rows-table.js';
import {paint} from '../../terminal/paint.js';
import {renderTable} from '../../terminal/table.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';

/** Every row that was predicted; then the others with the reason. */
export function renderValidationRows(style: TerminalStyle, rows: readonly ValidationRow[]): string[] {
  const skipped = rows.filter(row => row.status === 'skipped');
  return [
    paint(style, 'title', 'row by row'),
    ...renderTable(style, validationRowsTable(rows)),
    ...skipped.flatMap(({id, reason}) => wrap(style, `${id} not predicted: ${reason}`, {hanging: '  '})),
  ];
}
