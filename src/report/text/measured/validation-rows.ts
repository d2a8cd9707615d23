import type {ValidationRow} from '../../../calibration/validation.js';
import {validationRowsTable} from '../../measured/validation-rows-table.js';
import type {TerminalStyle} from '../../page/page.js';
import {paint} from '../../page/paint.js';
import {renderTable} from '../../page/table.js';
import {wrap} from '../../page/wrap.js';

/** Every row that was predicted; then the others with the reason. */
export function renderValidationRows(page: TerminalStyle, rows: readonly ValidationRow[]): string[] {
  const skipped = rows.filter(row => row.status === 'skipped');
  return [
    paint(page, 'title', 'row by row'),
    ...renderTable(page, validationRowsTable(rows)),
    ...skipped.flatMap(({id, reason}) => wrap(page, `${id} not predicted: ${reason}`, {hanging: '  '})),
  ];
}
