import type {FasterWay} from '../../search/sensitivity/faster-ways.js';
import type {Measure} from '../../search/sensitivity/replan.js';
import type {Sensitivity} from '../../search/sensitivity/sensitivities.js';
import {formatPercent} from '../../units/format-quantity.js';
import {plainBar} from '../terminal/bar.js';
import {displayWidth, padEnd, padStart} from '../terminal/display-width.js';
import {paint} from '../terminal/paint.js';
import {type TerminalStyle, textWidth} from '../terminal/terminal-style.js';
import {wrap} from '../terminal/wrap.js';
import {formatFasterWay, measureLabels, type TornadoRow, tornadoRows, withoutEffect} from '../tornado.js';

/** Tornado chart: effect of each figure, one at a time, with the layout planned again. */
export function renderSensitivity(
  style: TerminalStyle,
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
    ...wrap(style, title).map(line => paint(style, 'title', line)),
    ...tornadoLines(style, rows),
    ...(still.length === 0
      ? []
      : wrap(style, `no effect: ${still.join(', ')}`, {indent: '  ', hanging: '    '})),
    ...note.map(line => paint(style, 'quiet', `  ${line}`)),
  ];
}

function tornadoLines(style: TerminalStyle, rows: readonly TornadoRow[]): string[] {
  const widest = (labels: readonly string[]) => Math.max(0, ...labels.map(displayWidth));
  const names = widest(rows.map(({name}) => name));
  const left = widest(rows.map(({worse}) => worse.label));
  const right = widest(rows.map(rightLabel));
  const room = Math.floor((textWidth(style) - 2 - names - left - right - 7) / 2);
  const most = Math.max(...rows.flatMap(({worse, better}) => [worse.share, better.share]));
  if (room < 3) return rows.flatMap(row => narrowRow(style, row));
  return rows.map(row => {
    const {name, worse, better} = row;
    // A bar to the left has no eighths: they fill from the wrong side.
    const columns = Math.round((worse.share / most) * room);
    const bar = paint(style, 'bad', (style.unicode ? '█' : '#').repeat(columns));
    const worseBar = ' '.repeat(room - columns) + bar;
    const betterBar = plainBar(style, better.share, most, room);
    const middle = style.unicode ? '│' : '|';
    const line = `  ${padEnd(name, names)}  ${padStart(worse.label, left)} ${worseBar}${middle}${padEnd(betterBar, room)} ${rightLabel(row)}`;
    return line.trimEnd();
  });
}

function rightLabel({better, infeasible}: TornadoRow): string {
  return [...(better.label === '' ? [] : [better.label]), ...infeasible].join(', ');
}

function narrowRow(style: TerminalStyle, row: TornadoRow): string[] {
  const labels = [row.worse.label, rightLabel(row)].filter(label => label !== '');
  return wrap(style, `${row.name}: ${labels.join(', ')}`, {indent: '  ', hanging: '    '});
}

/** What would make the plan as much faster as is wanted: what is enough by itself first. */
export function renderFasterWays(
  style: TerminalStyle,
  ways: readonly FasterWay[],
  share: number,
  measure: Measure,
): string[] {
  const sorted = [...ways].sort((a, b) => distance(a) - distance(b));
  const enough = sorted.filter(({reaches}) => reaches);
  const others = sorted.filter(({reaches, faster}) => !reaches && faster >= 0.001);
  const target = `${formatPercent(share)} ${measureLabels[measure]}`;
  return [
    ...wrap(style, `what would make it ${target}`).map(line => paint(style, 'title', line)),
    ...(enough.length === 0 ? ['  no single figure or setting would'] : []),
    ...enough.flatMap(way => wayLines(style, way, measure)),
    ...(others.length === 0
      ? []
      : [paint(style, 'quiet', '  not enough by itself, however far it is taken')]),
    ...others.flatMap(way => wayLines(style, way, measure)),
  ];
}

function wayLines(style: TerminalStyle, way: FasterWay, measure: Measure): string[] {
  return wrap(style, formatFasterWay(way, measure), {indent: '  ', hanging: '    '});
}

/** How far a figure has to be taken; choices first, what is not enough last by what it gives. */
function distance({factor, reaches, faster}: FasterWay): number {
  if (!reaches) return 1000 - faster;
  return factor === null ? 0 : Math.abs(Math.log2(factor));
}
