import {padStart} from '../../../report/terminal/display-width.js';
import {type Paint, paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import {formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import type {Timeline} from '../../planning/reply.js';
import type {PipelineView} from '../../state/state.js';

/** Glyph and colour of what a stage does. */
interface PassGlyph {
  readonly paint: Paint;
  readonly unicode: string;
  readonly ascii: string;
  readonly name: string;
}

/** Glyphs by index into `passKinds`, then those of messages and of waiting. */
const passGlyphs: readonly PassGlyph[] = [
  {paint: 'first', unicode: '█', ascii: 'F', name: 'forward'},
  {paint: 'third', unicode: '▓', ascii: 'B', name: 'backward'},
  {paint: 'third', unicode: '▓', ascii: 'B', name: 'backward of inputs'},
  {paint: 'fourth', unicode: '▒', ascii: 'W', name: 'backward of weights'},
  {paint: 'second', unicode: '░', ascii: '-', name: 'message'},
  {paint: 'quiet', unicode: '·', ascii: '.', name: 'bubble'},
];
const message = 4;
const bubble = 5;

/** Columns of the share that each stage waits. */
const shareColumns = 7;

/** The visible part of a timeline: seconds from `from` on, `columns` wide. */
interface VisiblePart {
  readonly from: number;
  readonly span: number;
  readonly columns: number;
}

/**
 * The pipeline with a row for each stage and time from left to right, on `rows` lines with its axis and
 * legend. A pass that is wide enough shows the number of its micro-batch.
 */
export function timelineLines(
  style: TerminalStyle,
  timeline: Timeline,
  view: PipelineView,
  rows: number,
): string[] {
  const label = `stage ${timeline.stages}`.length;
  const columns = Math.max(8, style.width - label - shareColumns - 3);
  const count = Math.max(1, rows - 2);
  const first = Math.max(0, Math.min(view.firstStage, timeline.stages - count));
  const stages = Math.min(count, timeline.stages - first);
  const from = view.left * timeline.seconds;
  const span = view.zoom * timeline.seconds;
  const lines = Array.from({length: stages}, (_, i) => {
    const stage = first + i;
    const name = paint(style, 'quiet', padStart(`stage ${stage + 1}`, label));
    const waits = padStart(formatPercent(timeline.bubble[stage] ?? 0, 2), shareColumns);
    return `${name} ${stageRow(style, timeline, stage, {from, span, columns})} ${paint(style, 'quiet', waits)}`;
  });
  const edge = formatSeconds(from + span);
  const axis = `${formatSeconds(from)}${padStart(edge, Math.max(1, columns - formatSeconds(from).length))}`;
  const waits = padStart('waits', shareColumns);
  return [
    ...lines,
    `${' '.repeat(label + 1)}${paint(style, 'quiet', axis)} ${paint(style, 'quiet', waits)}`,
    legend(style, timeline),
  ];
}

function stageRow(style: TerminalStyle, timeline: Timeline, stage: number, visible: VisiblePart): string {
  const {from, span, columns} = visible;
  const kinds = new Uint8Array(columns).fill(bubble);
  const signs: string[] = Array.from({length: columns}, () => '');
  const perColumn = span / columns;
  const columnOf = (seconds: number) => Math.round((seconds - from) / perColumn);
  const end = timeline.firstPass[stage + 1] ?? 0;
  for (let pass = firstVisible(timeline, stage, from - span); pass < end; pass += 1) {
    const [starts, ends] = [timeline.start[pass] ?? 0, timeline.end[pass] ?? 0];
    if (starts > from + span) break;
    const left = columnOf(starts);
    const right = Math.max(columnOf(ends), left + (perColumn > ends - starts ? 1 : 0));
    const held = columnOf(ends + timeline.heldSeconds);
    for (let column = Math.max(0, right); column < Math.min(columns, held); column += 1)
      kinds[column] = message;
    for (let column = Math.max(0, left); column < Math.min(columns, right); column += 1) {
      kinds[column] = timeline.kinds[pass] ?? 0;
      signs[column] = '';
    }
    writeNumber(signs, String((timeline.microbatch[pass] ?? 0) + 1), left, right);
  }
  return paintedRuns(style, kinds, signs);
}

/** Writes a number into the middle of a pass that is wide enough for it and an edge on both sides. */
function writeNumber(signs: string[], digits: string, left: number, right: number): void {
  if (right - left < digits.length + 2) return;
  const start = left + Math.floor((right - left - digits.length) / 2);
  for (const [i, digit] of [...digits].entries())
    if (start + i >= 0 && start + i < signs.length) signs[start + i] = digit;
}

/** The first pass of a stage that starts after `seconds`. */
function firstVisible({start, firstPass}: Timeline, stage: number, seconds: number): number {
  let [low, high] = [firstPass[stage] ?? 0, firstPass[stage + 1] ?? 0];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((start[middle] ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

function paintedRuns(style: TerminalStyle, kinds: Uint8Array, signs: readonly string[]): string {
  let text = '';
  let run = '';
  let current = -1;
  for (const [column, kind] of kinds.entries()) {
    if (kind !== current) {
      text += current === -1 ? '' : paint(style, passGlyphs[current]?.paint ?? 'quiet', run);
      run = '';
      current = kind;
    }
    const glyph = passGlyphs[kind];
    run += signs[column] !== '' ? signs[column] : style.unicode ? glyph?.unicode : glyph?.ascii;
  }
  return text + (current === -1 ? '' : paint(style, passGlyphs[current]?.paint ?? 'quiet', run));
}

function legend(style: TerminalStyle, timeline: Timeline): string {
  const used = new Set<number>(timeline.kinds);
  if (timeline.heldSeconds > 0) used.add(message);
  used.add(bubble);
  return passGlyphs
    .map((glyph, i) => ({glyph, i}))
    .filter(({glyph, i}) => used.has(i) && passGlyphs.findIndex(({name}) => name === glyph.name) === i)
    .map(
      ({glyph}) => `${paint(style, glyph.paint, style.unicode ? glyph.unicode : glyph.ascii)} ${glyph.name}`,
    )
    .join('   ');
}
