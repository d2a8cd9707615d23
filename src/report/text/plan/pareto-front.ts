import type {Answer} from '../../../search/variants/answer.js';
import type {EvaluatedPlan} from '../../../search/variants/evaluated-plan.js';
import {formatCount, formatPercent, formatSeconds, formatUsd} from '../../../units/format-quantity.js';
import {paint} from '../../terminal/paint.js';
import {renderTable, type Table} from '../../terminal/table.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';
import {formatDegrees, formatRecompute} from '../../words/format-layout.js';
import {formatVariant} from '../../words/format-variant.js';

/** Points of the front that are shown, the ends among them. */
const mostShown = 6;
const secondsPerHour = 3600;

/** What else there is to choose: nothing is better in time, cost or headroom without being worse in another. */
export function frontLines(style: TerminalStyle, {pareto}: Answer): string[] {
  if (pareto.length < 2) return [];
  const shown = evenly(pareto, mostShown);
  const table = renderTable(style, frontTable(shown), '  ');
  const left = pareto.length - shown.length;
  return [
    '',
    paint(style, 'title', 'time, cost and headroom'),
    ...wrap(style, 'of each, nothing is better in one without being worse in another', {indent: '  '}).map(
      line => paint(style, 'quiet', line),
    ),
    ...table,
    ...(left > 0 ? [paint(style, 'quiet', `  and ${left} between them`)] : []),
  ];
}

/** Outcomes of a front, fastest first. */
export function frontTable(outcomes: readonly EvaluatedPlan[]): Table {
  const priced = outcomes.some(({figures}) => figures.costUsd !== null);
  const right = (title: string) => ({title, align: 'right' as const, drop: 0});
  return {
    columns: [
      right('run'),
      right(priced ? 'cost' : 'device-hours'),
      right('headroom'),
      {title: 'layout', align: 'left', drop: 1},
    ],
    rows: outcomes.map(outcome => frontRow(outcome, priced)),
  };
}

function frontRow({variant, candidate: {layout}, figures}: EvaluatedPlan, priced: boolean): string[] {
  const {seconds, costUsd, deviceSeconds, memoryShare} = figures;
  const cost = costUsd === null ? 'n/a' : formatUsd(costUsd);
  const words = [
    ...formatVariant(variant.choices),
    formatDegrees(layout),
    `micro-batch ${layout.microBatch}`,
    `recompute ${formatRecompute(layout)}`,
  ];
  return [
    formatSeconds(seconds),
    priced ? cost : formatCount(deviceSeconds / secondsPerHour),
    formatPercent(1 - memoryShare, 2),
    words.join(', '),
  ];
}

/** As many of `items` as are shown, the first and the last among them. */
function evenly<Item>(items: readonly Item[], shown: number): readonly Item[] {
  if (items.length <= shown) return items;
  const last = items.length - 1;
  const places = new Set(Array.from({length: shown}, (_, i) => Math.round((i * last) / (shown - 1))));
  return items.filter((_, i) => places.has(i));
}
