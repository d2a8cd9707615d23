import {
  assumptionsOf,
  type CountedReason,
  skippedReasons,
} from '../../../calibration/summary/counted-reasons.js';
import type {Grouping, Validation} from '../../../calibration/summary/summarize.js';
import {formatCount} from '../../../units/format-quantity.js';
import {renderScatter} from '../../chart/scatter.js';
import {stepTimeScatter} from '../../measured/validation-scatter.js';
import {type NotedTable, validationTables} from '../../measured/validation-tables.js';
import type {TerminalStyle} from '../../page/page.js';
import {paint} from '../../page/paint.js';
import {renderTable} from '../../page/table.js';
import {wrap} from '../../page/wrap.js';

/** The accuracy of each group and of all rows, what baselines reach, and why rows were left out. */
export function renderValidation(page: TerminalStyle, validation: Validation, grouping: Grouping): string[] {
  const {stepTime, others} = validationTables(validation, grouping);
  const scatter = stepTimeScatter(validation);
  return [
    ...tableLines(page, stepTime),
    ...(scatter === null ? [] : ['', ...renderScatter(page, scatter)]),
    ...others.flatMap(table => tableLines(page, table)),
    ...counted(page, 'assumed where the table says nothing', assumptionsOf(validation.rows)),
    ...counted(page, 'not predicted', skippedReasons(validation.rows)),
  ].slice(1);
}

/** Behind an empty line. */
function tableLines(page: TerminalStyle, {title, tables, notes}: NotedTable): string[] {
  const drawn = tables.flatMap((table, i) => [...(i === 0 ? [] : ['']), ...renderTable(page, table)]);
  const told = notes.flatMap(note => wrap(page, note, {hanging: '  '}));
  return ['', paint(page, 'title', title), ...drawn, ...told];
}

function counted(page: TerminalStyle, title: string, reasons: readonly CountedReason[]): string[] {
  if (reasons.length === 0) return [];
  const lines = reasons.flatMap(({reason, count}) =>
    wrap(page, `${formatCount(count)} ${reason}`, {indent: '  ', hanging: '    '}),
  );
  return ['', paint(page, 'title', title), ...lines];
}
