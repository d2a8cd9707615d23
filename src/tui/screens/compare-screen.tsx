import {Box} from 'ink';
import {displayWidth, fit, padEnd, padStart, truncate} from '../../report/terminal/display-width.js';
import {fittingColumns} from '../../report/terminal/fitting-columns.js';
import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import {wrap} from '../../report/terminal/wrap.js';
import {formatDegrees} from '../../report/words/format-layout.js';
import {
  formatEnergy,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../../units/format-quantity.js';
import type {ComparedItem} from '../planning/job.js';
import type {ComparisonResult, Row} from '../planning/reply.js';
import {currentResults, isSameItem, itemsInOrder, itemsToCompare} from '../state/comparison.js';
import type {State} from '../state/state.js';
import {Block} from '../widgets/block.js';
import {memoryBar} from '../widgets/charts/memory-bar.js';
import {hints} from '../widgets/hints.js';
import {firstShown} from '../widgets/list-window.js';
import {mark} from '../widgets/marks.js';
import type {ScreenProps} from './screen-props.js';

interface ComparisonColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly columns: number;
  /** The highest number goes first if there is no room; 0 stays. */
  readonly drop: number;
  readonly cell: (style: TerminalStyle, row: Row) => string;
}

const right = (
  title: string,
  columns: number,
  drop: number,
  cell: (row: Row) => string,
): ComparisonColumn => ({title, align: 'right', columns, drop, cell: (_, row) => cell(row)});

const allColumns: readonly ComparisonColumn[] = [
  right('calendar', 10, 0, ({run}) => formatSeconds(run.seconds.p50)),
  right('P90', 10, 5, ({run}) => formatSeconds(run.seconds.p90)),
  right('clean', 10, 8, ({run}) => formatSeconds(run.cleanSeconds.p50)),
  right('step', 8, 1, ({step}) => formatSeconds(step.p50)),
  right('MFU', 6, 2, ({utilization}) => formatPercent(utilization.modelFlopsUtilization)),
  right('cost', 8, 0, ({run}) => (run.costUsd === null ? '—' : formatUsd(run.costUsd))),
  right('energy', 9, 4, ({run}) => formatEnergy(run.energyJoules)),
  right('loss', 6, 3, ({loss}) => formatNumber(loss.value)),
  {
    title: 'memory',
    align: 'left',
    columns: 10,
    drop: 6,
    cell: (style, {estimate}) => memoryBar(style, estimate.memory, 10),
  },
  {title: 'layout', align: 'left', columns: 34, drop: 7, cell: (_, {layout}) => formatDegrees(layout)},
];

const leastNameColumns = 20;
const gap = 2;

/** The plan on several machines and next to other plans, each with its best layout. */
export function CompareScreen({style, state, rows}: ScreenProps) {
  const inner = {...style, width: style.width - 1};
  const help = wrap(
    inner,
    'a adds a machine (as many devices, every layout open) or the plan of another file',
  );
  const head = [
    paint(style, 'title', 'the plan on other machines, and next to other plans'),
    ...help.map(line => paint(style, 'quiet', line)),
    '',
  ];
  const lines = [...head, ...comparisonLines(inner, state, rows - head.length)];
  return (
    <Box paddingLeft={1}>
      <Block lines={lines} columns={inner.width} rows={rows} />
    </Box>
  );
}

/** A line for each item around the cursor, with the titles of the columns and the item that is planned. */
function comparisonLines(style: TerminalStyle, state: State, rows: number): string[] {
  const results = currentResults(state);
  const items = itemsInOrder(state);
  const waiting = itemsToCompare(state)[results.length];
  const widest = Math.max(leastNameColumns, ...items.map(item => displayWidth(nameOf(item))));
  const nameColumns = Math.min(widest, Math.floor(style.width / 4));
  const cells = {...style, width: style.width - nameColumns - 3};
  const shown = fittingColumns(allColumns, cells.width, gap);
  const titles = shown.map(column => ' '.repeat(gap) + aligned(column, column.title)).join('');
  const room = Math.max(1, rows - 2);
  const first = firstShown(items.length, state.comparedIndex, room);
  const lines = items.slice(first, first + room).map((item, i) => {
    const here = first + i === state.comparedIndex;
    const result = results.find(other => isSameItem(other.item, item));
    const label = `${here ? mark(style, 'cursor') : ' '} ${fit(nameOf(item), nameColumns)}`;
    return `${here ? paint(style, 'title', label) : label}${resultCells(cells, shown, result)}`;
  });
  const progress = waiting === undefined ? [] : [paint(style, 'quiet', `  planning ${nameOf(waiting)} ...`)];
  return [paint(style, 'quiet', `  ${padEnd('', nameColumns)}${titles}`), ...lines, ...progress];
}

/** A machine's name, or the name of a plan's file without its folder. */
function nameOf({kind, name}: ComparedItem): string {
  return kind === 'plan' ? (name.split('/').at(-1) ?? name) : name;
}

function resultCells(
  style: TerminalStyle,
  shown: readonly ComparisonColumn[],
  result: ComparisonResult | undefined,
): string {
  if (result === undefined) return paint(style, 'quiet', '  ...');
  const {row, reasons} = result;
  if (row === null) return paint(style, 'bad', truncate(`  ${reasons.join('; ')}`, style.width));
  return shown.map(column => ' '.repeat(gap) + aligned(column, column.cell(style, row))).join('');
}

function aligned({align, columns}: ComparisonColumn, text: string): string {
  return align === 'right' ? padStart(text, columns) : padEnd(text, columns);
}

export function compareHints(style: TerminalStyle): string {
  return hints(style, [
    `${mark(style, 'upDown')} choose`,
    'a add',
    'd take away',
    `${mark(style, 'enter')} plan on it`,
    'o order',
    'esc plan',
    '? keys',
    'q quit',
  ]);
}
