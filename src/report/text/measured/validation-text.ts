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
import {paint} from '../../terminal/paint.js';
import {renderTable} from '../../terminal/table.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';

/** The accuracy of each group and of all rows, what baselines reach, and why rows were left out. */
export function renderValidation(style: TerminalStyle, validation: Validation, grouping: Grouping): string[] {
  const {stepTime, others} = validationTables(validation, grouping);
  const scatter = stepTimeScatter(validation);
  return [
    ...tableLines(style, stepTime),
    ...(scatter === null ? [] : ['', ...renderScatter(style, scatter)]),
    ...others.flatMap(table => tableLines(style, table)),
    ...counted(style, 'assumed where the table says nothing', assumptionsOf(validation.rows)),
    ...counted(style, 'not predicted', skippedReasons(validation.rows)),
  ].slice(1);
}

/** Lines of a table, after an empty line. */
function tableLines(style: TerminalStyle, {title, tables, notes}: NotedTable): string[] {
  const drawn = tables.flatMap((table, i) => [...(i === 0 ? [] : ['']), ...renderTable(style, table)]);
  const noteLines = notes.flatMap(note => wrap(style, note, {hanging: '  '}));
  return ['', paint(style, 'title', title), ...drawn, ...noteLines];
}

function counted(style: TerminalStyle, title: string, reasons: readonly CountedReason[]): string[] {
  if (reasons.length === 0) return [];
  const lines = reasons.flatMap(({reason, count}) =>
    wrap(style, `${formatCount(count)} ${reason}`, {indent: '  ', hanging: '    '}),
  );
  return ['', paint(style, 'title', title), ...lines];
}
