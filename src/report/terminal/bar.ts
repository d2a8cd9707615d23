import {type Paint, paint} from './paint.js';
import type {TerminalStyle} from './terminal-style.js';

/** A part of a bar. Parts differ in fill, and in colour if the terminal has colours. */
export interface Segment {
  readonly amount: number;
  readonly kind: SegmentKind;
}

export const segmentKinds = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
export type SegmentKind = (typeof segmentKinds)[number];

const fills: Readonly<Record<SegmentKind, {readonly unicode: string; readonly ascii: string}>> = {
  first: {unicode: '█', ascii: '#'},
  second: {unicode: '▓', ascii: '+'},
  third: {unicode: '▒', ascii: '='},
  fourth: {unicode: '░', ascii: '-'},
  fifth: {unicode: '·', ascii: '.'},
};

/** The sign of a kind, for a legend. */
export function swatch(style: TerminalStyle, kind: SegmentKind): string {
  return paint(style, kind satisfies Paint, style.unicode ? fills[kind].unicode : fills[kind].ascii);
}

/**
 * Stacked segments on a scale of `full` over `columns`; what is above `full` is cut off.
 * Every segment ends at its running sum, so that rounding never adds up.
 */
export function stackedBar(
  style: TerminalStyle,
  segments: readonly Segment[],
  full: number,
  columns: number,
): {readonly text: string; readonly used: number} {
  let sum = 0;
  let used = 0;
  let text = '';
  for (const {amount, kind} of segments) {
    sum += amount;
    const end = full > 0 ? Math.min(columns, Math.round((sum / full) * columns)) : 0;
    const fill = style.unicode ? fills[kind].unicode : fills[kind].ascii;
    text += paint(style, kind, fill.repeat(Math.max(0, end - used)));
    used = Math.max(used, end);
  }
  return {text, used};
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** One amount as a bar of `columns` at `full`; eighths of a column where the terminal has them. */
export function plainBar(style: TerminalStyle, amount: number, full: number, columns: number): string {
  const share = full > 0 ? Math.max(0, Math.min(1, amount / full)) : 0;
  if (!style.unicode) return paint(style, 'first', '#'.repeat(Math.round(share * columns)));
  const steps = Math.round(share * columns * eighths.length);
  const whole = Math.floor(steps / eighths.length);
  return paint(style, 'first', '█'.repeat(whole) + (eighths[steps % eighths.length] ?? ''));
}
