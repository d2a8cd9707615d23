import {type ComparedPlan, type ComparisonRow, comparisonRows} from '../comparison.js';
import {displayWidth, padEnd, padStart, truncate} from '../terminal/display-width.js';
import {paint} from '../terminal/paint.js';
import type {TerminalStyle} from '../terminal/terminal-style.js';
import {wrap} from '../terminal/wrap.js';

const gap = '  ';
/** Mark of the best figure of a row. */
const mark = '*';
/** Longer names are cut: the reasons below have them whole. */
const widestLabel = 22;

/** Plans side by side, as many as the terminal is wide enough for; the others follow below. */
export function renderComparison(style: TerminalStyle, plans: readonly ComparedPlan[]): string[] {
  const rows = comparisonRows(plans);
  const names = Math.max(...rows.map(({title}) => displayWidth(title)));
  const columns = plans.map(({label}, plan) => {
    const title = truncate(label, widestLabel);
    const cells = rows.map(row => cellText(row, plan));
    return {plan, title, cells, width: Math.max(displayWidth(title), ...cells.map(displayWidth))};
  });
  const lines: string[] = [];
  for (const block of blocksOf(columns, style.width - names)) {
    if (lines.length > 0) lines.push('');
    const titles = block.map(({title, width}) => gap + padStart(title, width)).join('');
    lines.push(paint(style, 'title', padEnd('', names) + titles));
    rows.forEach((row, index) => {
      const cells = block.map(({plan, cells: own, width}) => {
        const text = padStart(own[index] ?? '', width);
        return gap + (row.best === plan ? paint(style, 'good', text) : text);
      });
      lines.push((paint(style, 'quiet', padEnd(row.title, names)) + cells.join('')).trimEnd());
    });
  }
  const best = rows.some(row => row.best !== null) ? ['', `${mark} the best of its row`] : [];
  return [...lines, ...best, ...reasonLines(style, plans)];
}

function cellText({cells, best}: ComparisonRow, plan: number): string {
  const text = cells[plan] ?? '';
  return `${text === '' ? '-' : text}${best === plan ? mark : ' '}`;
}

interface Block {
  readonly plan: number;
  readonly title: string;
  readonly cells: readonly string[];
  readonly width: number;
}

/** Columns in their order, as many to a block as fit; at least one. */
function blocksOf(columns: readonly Block[], room: number): readonly (readonly Block[])[] {
  const blocks: Block[][] = [];
  let left = 0;
  for (const column of columns) {
    const taken = gap.length + column.width;
    const block = blocks.at(-1);
    if (block === undefined || taken > left) {
      blocks.push([column]);
      left = room - taken;
    } else {
      block.push(column);
      left -= taken;
    }
  }
  return blocks;
}

function reasonLines(style: TerminalStyle, plans: readonly ComparedPlan[]): string[] {
  const plansWithReasons = plans.filter(({reasons}) => reasons.length > 0);
  if (plansWithReasons.length === 0) return [];
  return [
    '',
    ...plansWithReasons.flatMap(({label, reasons}) =>
      reasons.flatMap(reason => wrap(style, `! ${label}: ${reason}`, {hanging: '  '})),
    ),
  ].map(line => paint(style, 'bad', line));
}
