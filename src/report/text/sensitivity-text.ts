import type {FasterWay} from '../../search/sensitivity/faster-ways.js';
import type {Measure} from '../../search/sensitivity/replan.js';
import type {Sensitivity} from '../../search/sensitivity/sensitivities.js';
import {formatPercent} from '../../units/format-quantity.js';
import {plainBar} from '../page/bar.js';
import {displayWidth, padEnd, padStart} from '../page/display-width.js';
import {type TerminalStyle, textWidth} from '../page/page.js';
import {paint} from '../page/paint.js';
import {wrap} from '../page/wrap.js';
import {formatFasterWay, measureLabels, type TornadoRow, tornadoRows, withoutEffect} from '../tornado.js';

/** Tornado chart: what each figure is worth, one at a time, with the layout planned anew. */
export function renderSensitivity(
  page: TerminalStyle,
  sensitivities: readonly Sensitivity[],
  measure: Measure,
): string[] {
  const rows = tornadoRows(sensitivities);
  const still = withoutEffect(sensitivities);
  const title = `what each figure is worth: ${measureLabels[measure]} when it is doubled or halved`;
  const note = rows.some(({worse, better}) => `${worse.label}${better.label}`.includes('*'))
    ? ['* with another layout']
    : [];
  return [
    ...wrap(page, title).map(line => paint(page, 'title', line)),
    ...tornadoLines(page, rows),
    ...(still.length === 0
      ? []
      : wrap(page, `no effect: ${still.join(', ')}`, {indent: '  ', hanging: '    '})),
    ...note.map(line => paint(page, 'quiet', `  ${line}`)),
  ];
}

function tornadoLines(page: TerminalStyle, rows: readonly TornadoRow[]): string[] {
  const widest = (labels: readonly string[]) => Math.max(0, ...labels.map(displayWidth));
  const names = widest(rows.map(({name}) => name));
  const left = widest(rows.map(({worse}) => worse.label));
  const right = widest(rows.map(rightLabel));
  const room = Math.floor((textWidth(page) - 2 - names - left - right - 7) / 2);
  const most = Math.max(...rows.flatMap(({worse, better}) => [worse.share, better.share]));
  if (room < 3) return rows.flatMap(row => narrowRow(page, row));
  return rows.map(row => {
    const {name, worse, better} = row;
    // A bar to the left has no eighths: they fill from the wrong side.
    const columns = Math.round((worse.share / most) * room);
    const bar = paint(page, 'bad', (page.unicode ? '█' : '#').repeat(columns));
    const worseBar = ' '.repeat(room - columns) + bar;
    const betterBar = plainBar(page, better.share, most, room);
    const middle = page.unicode ? '│' : '|';
    const line = `  ${padEnd(name, names)}  ${padStart(worse.label, left)} ${worseBar}${middle}${padEnd(betterBar, room)} ${rightLabel(row)}`;
    return line.trimEnd();
  });
}

function rightLabel({better, infeasible}: TornadoRow): string {
  return [...(better.label === '' ? [] : [better.label]), ...infeasible].join(', ');
}

function narrowRow(page: TerminalStyle, row: TornadoRow): string[] {
  const labels = [row.worse.label, rightLabel(row)].filter(label => label !== '');
  return wrap(page, `${row.name}: ${labels.join(', ')}`, {indent: '  ', hanging: '    '});
}

/** What would make the plan as much faster as is wanted: what is enough by itself first. */
export function renderFasterWays(
  page: TerminalStyle,
  ways: readonly FasterWay[],
  share: number,
  measure: Measure,
): string[] {
  const sorted = [...ways].sort((a, b) => distance(a) - distance(b));
  const enough = sorted.filter(({reaches}) => reaches);
  const others = sorted.filter(({reaches, faster}) => !reaches && faster >= 0.001);
  const target = `${formatPercent(share)} ${measureLabels[measure]}`;
  return [
    ...wrap(page, `what would make it ${target}`).map(line => paint(page, 'title', line)),
    ...(enough.length === 0 ? ['  no single figure or setting would'] : []),
    ...enough.flatMap(way => wayLines(page, way, measure)),
    ...(others.length === 0 ? [] : [paint(page, 'quiet', '  not enough by itself, however far it is taken')]),
    ...others.flatMap(way => wayLines(page, way, measure)),
  ];
}

function wayLines(page: TerminalStyle, way: FasterWay, measure: Measure): string[] {
  return wrap(page, formatFasterWay(way, measure), {indent: '  ', hanging: '    '});
}

/** How far a figure has to be taken; choices first, what is not enough last by what it gives. */
function distance({factor, reaches, faster}: FasterWay): number {
  if (!reaches) return 1000 - faster;
  return factor === null ? 0 : Math.abs(Math.log2(factor));
}
