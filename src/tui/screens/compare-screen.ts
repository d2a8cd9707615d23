import {displayWidth, fit, padEnd, padStart} from '../../report/page/display-width.js';
import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import {wrap} from '../../report/page/wrap.js';
import {degreesInWords} from '../../report/text/layout-words.js';
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
import {fitBlock} from '../widgets/beside.js';
import {hints} from '../widgets/hints.js';
import {mark} from '../widgets/marks.js';
import {memoryBar} from '../widgets/memory-cell.js';

interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly columns: number;
  /** Goes first where there is no room; 0 stays. */
  readonly drop: number;
  readonly cell: (page: Page, row: Row) => string;
}

const right = (title: string, columns: number, drop: number, cell: (row: Row) => string): Column => ({
  title,
  align: 'right',
  columns,
  drop,
  cell: (_, row) => cell(row),
});

const columns: readonly Column[] = [
  right('run', 10, 0, ({run}) => formatSeconds(run.seconds.p50)),
  right('P90', 10, 5, ({run}) => formatSeconds(run.seconds.p90)),
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
    cell: (page, {estimate}) => memoryBar(page, estimate.memory, 10),
  },
  {title: 'layout', align: 'left', columns: 34, drop: 7, cell: (_, {layout}) => degreesInWords(layout)},
];

const nameColumns = 20;
const gap = 2;

/** The plan on several machines and beside other plans, each with the layout that is best there. */
export function compareScreen(page: Page, state: State, rows: number): string[] {
  const current = currentResults(state);
  const ordered = itemsInOrder(state);
  const waiting = itemsToCompare(state)[current.length];
  const widest = Math.max(nameColumns, ...ordered.map(item => displayWidth(nameOf(item))));
  const name = Math.min(widest, Math.floor(page.width / 4));
  const shown = columnsThatFit(page.width - name - 4);
  const header = `  ${padEnd('', name)}${shown.map(column => ' '.repeat(gap) + aligned(column, column.title)).join('')}`;
  const lines = ordered.map((item, i) => {
    const here = i === state.comparedIndex;
    const found = current.find(other => isSameItem(other.item, item));
    const label = `${here ? mark(page, 'cursor') : ' '} ${fit(nameOf(item), name)}`;
    return `${here ? paint(page, 'title', label) : label}${cells(page, shown, found)}`;
  });
  const done = waiting === undefined ? [] : [paint(page, 'quiet', `  planning ${nameOf(waiting)} ...`)];
  const body = [
    paint(page, 'title', 'the plan on other machines, and beside other plans'),
    ...wrap(
      {...page, width: page.width - 2},
      'a adds a machine (as many devices, every layout open) or the plan of another file',
    ).map(line => paint(page, 'quiet', line)),
    '',
    paint(page, 'quiet', header),
    ...lines,
    ...done,
  ];
  return fitBlock(
    body.map(line => ` ${line}`),
    page.width,
    rows,
  );
}

/** A file by its own name. */
function nameOf({kind, name}: ComparedItem): string {
  return kind === 'plan' ? (name.split('/').at(-1) ?? name) : name;
}

function cells(page: Page, shown: readonly Column[], found: ComparisonResult | undefined): string {
  if (found === undefined) return paint(page, 'quiet', '  ...');
  if (found.row === null) return paint(page, 'bad', `  ${found.reasons.join('; ')}`);
  const {row} = found;
  return shown.map(column => ' '.repeat(gap) + aligned(column, column.cell(page, row))).join('');
}

function aligned({align, columns: width}: Column, text: string): string {
  return align === 'right' ? padStart(text, width) : padEnd(text, width);
}

function columnsThatFit(room: number): readonly Column[] {
  const width = (kept: readonly Column[]) => kept.reduce((sum, column) => sum + column.columns + gap, 0);
  let kept = columns;
  while (width(kept) > room && kept.some(({drop}) => drop > 0)) {
    const most = Math.max(...kept.map(({drop}) => drop));
    kept = kept.filter(({drop}) => drop !== most);
  }
  return kept;
}

export function compareKeys(page: Page): string {
  return hints(page, [
    `${mark(page, 'upDown')} choose`,
    'a add',
    'd take away',
    `${mark(page, 'enter')} plan on it`,
    'o order',
    'esc plan',
    '? keys',
    'q quit',
  ]);
}
