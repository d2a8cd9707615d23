import {padStart} from '../../report/page/display-width.js';
import type {Page} from '../../report/page/page.js';
import {type Paint, paint} from '../../report/page/paint.js';
import {formatPercent, formatSeconds} from '../../units/format-quantity.js';
import type {Timeline} from '../planning/answers.js';
import type {LayoutView} from '../state/state.js';

/** What a stretch of a stage's time is spent on. */
interface Look {
  readonly paint: Paint;
  readonly unicode: string;
  readonly ascii: string;
  readonly name: string;
}

/** By index into `passKinds`, then messages and waiting. */
const looks: readonly Look[] = [
  {paint: 'first', unicode: '█', ascii: 'F', name: 'forward'},
  {paint: 'third', unicode: '▓', ascii: 'B', name: 'backward'},
  {paint: 'third', unicode: '▓', ascii: 'B', name: 'backward of inputs'},
  {paint: 'fourth', unicode: '▒', ascii: 'W', name: 'backward of weights'},
  {paint: 'second', unicode: '░', ascii: '-', name: 'message'},
  {paint: 'quiet', unicode: '·', ascii: '.', name: 'bubble'},
];
const message = 4;
const bubble = 5;

/** Passes of each stage, in order of start. */
const byStage = new WeakMap<Timeline, readonly Int32Array[]>();

function passesOf(timeline: Timeline): readonly Int32Array[] {
  const known = byStage.get(timeline);
  if (known !== undefined) return known;
  const lists: number[][] = Array.from({length: timeline.stages}, () => []);
  for (let i = 0; i < timeline.stage.length; i += 1) lists[timeline.stage[i] ?? 0]?.push(i);
  const passes = lists.map(list =>
    Int32Array.from(list.sort((a, b) => (timeline.start[a] ?? 0) - (timeline.start[b] ?? 0))),
  );
  byStage.set(timeline, passes);
  return passes;
}

/** The pipeline as one row a stage, time from left to right; where there is room passes carry the number of their micro-batch. */
export function timelineLines(
  page: Page,
  timeline: Timeline,
  view: LayoutView,
  columns: number,
  rows: number,
): string[] {
  const label = `stage ${timeline.stages}`.length;
  const share = 7;
  const room = Math.max(8, columns - label - share - 3);
  const count = Math.max(1, rows - 2);
  const first = Math.max(0, Math.min(view.firstStage, timeline.stages - count));
  const stages = Math.min(count, timeline.stages - first);
  const from = view.left * timeline.seconds;
  const span = view.zoom * timeline.seconds;
  const lines = Array.from({length: stages}, (_, i) => {
    const stage = first + i;
    const name = paint(page, 'quiet', padStart(`stage ${stage + 1}`, label));
    const waits = padStart(formatPercent(timeline.bubble[stage] ?? 0, 2), share);
    return `${name} ${stageRow(page, timeline, stage, from, span, room)} ${paint(page, 'quiet', waits)}`;
  });
  const edge = formatSeconds(from + span);
  const axis = `${formatSeconds(from)}${padStart(edge, Math.max(1, room - formatSeconds(from).length))}`;
  return [
    ...lines,
    `${' '.repeat(label + 1)}${paint(page, 'quiet', axis)} ${paint(page, 'quiet', padStart('waits', share))}`,
    legend(page, timeline),
  ];
}

function stageRow(
  page: Page,
  timeline: Timeline,
  stage: number,
  from: number,
  span: number,
  columns: number,
): string {
  const passes = passesOf(timeline)[stage] ?? new Int32Array();
  const kinds = new Uint8Array(columns).fill(bubble);
  const signs: string[] = Array.from({length: columns}, () => '');
  const perColumn = span / columns;
  const columnOf = (seconds: number) => Math.round((seconds - from) / perColumn);
  for (let at = firstAfter(timeline, passes, from - span); at < passes.length; at += 1) {
    const pass = passes[at] ?? 0;
    const start = timeline.start[pass] ?? 0;
    const end = timeline.end[pass] ?? 0;
    if (start > from + span) break;
    const [left, right] = [
      columnOf(start),
      Math.max(columnOf(end), columnOf(start) + (perColumn > end - start ? 1 : 0)),
    ];
    const held = columnOf(end + timeline.heldSeconds);
    for (let column = Math.max(0, right); column < Math.min(columns, held); column += 1)
      kinds[column] = message;
    for (let column = Math.max(0, left); column < Math.min(columns, right); column += 1) {
      kinds[column] = timeline.kinds[pass] ?? 0;
      signs[column] = '';
    }
    writeNumber(signs, String((timeline.microbatch[pass] ?? 0) + 1), left, right);
  }
  return runs(page, kinds, signs);
}

/** A number in the middle of a pass that is wide enough for it and an edge on both sides. */
function writeNumber(signs: string[], digits: string, left: number, right: number): void {
  if (right - left < digits.length + 2) return;
  const start = left + Math.floor((right - left - digits.length) / 2);
  for (const [i, digit] of [...digits].entries())
    if (start + i >= 0 && start + i < signs.length) signs[start + i] = digit;
}

/** First pass that may be in sight. Passes of a stage do not overlap but for pairs, so a search by start is enough. */
function firstAfter({start}: Timeline, passes: Int32Array, seconds: number): number {
  let [low, high] = [0, passes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((start[passes[middle] ?? 0] ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

function runs(page: Page, kinds: Uint8Array, signs: readonly string[]): string {
  let text = '';
  let run = '';
  let current = -1;
  for (const [column, kind] of kinds.entries()) {
    if (kind !== current) {
      text += current === -1 ? '' : paint(page, looks[current]?.paint ?? 'quiet', run);
      run = '';
      current = kind;
    }
    const look = looks[kind];
    run += signs[column] !== '' ? signs[column] : page.unicode ? look?.unicode : look?.ascii;
  }
  return text + (current === -1 ? '' : paint(page, looks[current]?.paint ?? 'quiet', run));
}

function legend(page: Page, timeline: Timeline): string {
  const used = new Set<number>(timeline.kinds);
  if (timeline.heldSeconds > 0) used.add(message);
  used.add(bubble);
  return looks
    .map((look, i) => ({look, i}))
    .filter(({look, i}) => used.has(i) && looks.findIndex(other => other.name === look.name) === i)
    .map(({look}) => `${paint(page, look.paint, page.unicode ? look.unicode : look.ascii)} ${look.name}`)
    .join('   ');
}
