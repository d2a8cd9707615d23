import {Box} from 'ink';
import {fit, padStart} from '../../report/terminal/display-width.js';
import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import {wrap} from '../../report/terminal/wrap.js';
import {renderSensitivity} from '../../report/text/sensitivity-text.js';
import {formatDegrees} from '../../report/words/format-layout.js';
import {formatNumber, formatPercent, formatSeconds, formatUsd} from '../../units/format-quantity.js';
import {sliderFactors, sliderNames, sliderPosition} from '../keys/what-if-keys.js';
import type {Row} from '../planning/reply.js';
import {layoutKeyOf} from '../state/layout-columns.js';
import type {State} from '../state/state.js';
import {Block} from '../widgets/block.js';
import {hints} from '../widgets/hints.js';
import {firstShown} from '../widgets/list-window.js';
import {mark} from '../widgets/marks.js';
import {shortened} from '../widgets/shortened.js';
import type {ScreenProps} from './screen-props.js';

/** Least width at which the sliders and the tornado share their lines. */
const wideColumns = 130;
const sliderColumns = 52;
const gap = 3;

/** Each parameter as a slider, the plan with the sliders' factors, and the sensitivity to each parameter. */
export function WhatIfScreen({style, state, rows}: ScreenProps) {
  const names = sliderNames(state);
  if (names.length === 0)
    return <Block lines={[' no plan to change yet']} columns={style.width} rows={rows} />;
  if (style.width < wideColumns) {
    const inner = {...style, width: style.width - 2};
    return (
      <Box paddingLeft={1}>
        <Block lines={stackedLines(inner, state, names, rows)} columns={inner.width} rows={rows} />
      </Box>
    );
  }
  const left = {...style, width: sliderColumns};
  const right = {...style, width: style.width - sliderColumns - gap - 2};
  const sliders = [...sliderLines(style, state, names, rows - 6), '', ...trialLines(left, state)];
  const tornado = shortened(style, tornadoLines(right, state), rows);
  return (
    <Box paddingLeft={1} columnGap={gap}>
      <Block lines={sliders} columns={left.width} rows={rows} />
      <Block lines={tornado} columns={right.width} rows={rows} />
    </Box>
  );
}

function stackedLines(
  style: TerminalStyle,
  state: State,
  names: readonly string[],
  rows: number,
): readonly string[] {
  const trial = trialLines(style, state);
  const sliders = Math.min(names.length, Math.max(4, Math.floor((rows - trial.length) / 3)));
  const lines = [
    ...sliderLines(style, state, names, sliders + 1),
    ...trial,
    '',
    ...tornadoLines(style, state),
  ];
  return shortened(style, lines, rows);
}

/** The sliders around the cursor, on `rows` lines with their title. */
function sliderLines(style: TerminalStyle, state: State, names: readonly string[], rows: number): string[] {
  const {parameter, factors} = state.whatIf;
  const room = Math.max(1, Math.min(names.length, rows - 1));
  const first = firstShown(names.length, parameter, room);
  const width = Math.max(...names.map(name => name.length));
  const lines = names.slice(first, first + room).map((name, i) => {
    const here = first + i === parameter;
    const factor = factors[name] ?? 1;
    const words = factor === 1 ? '' : `x ${formatNumber(factor, 2)}`;
    const label = fit(name, width);
    const cursor = here ? mark(style, 'cursor') : ' ';
    return `${cursor} ${here ? paint(style, 'title', label) : label} ${slider(style, factor)} ${paint(style, 'warning', words)}`;
  });
  return [paint(style, 'title', 'what if'), ...lines];
}

/** A track with a knob; the middle is factor 1. */
function slider(style: TerminalStyle, factor: number): string {
  const at = sliderPosition(factor);
  const middle = sliderPosition(1);
  const signs = style.unicode ? {track: '─', middle: '┼', knob: '●'} : {track: '-', middle: '+', knob: 'O'};
  return sliderFactors
    .map((_, i) => {
      if (i === at) return paint(style, factor === 1 ? 'quiet' : 'warning', signs.knob);
      return paint(style, 'quiet', i === middle ? signs.middle : signs.track);
    })
    .join('');
}

/** The best layout with the sliders' factors, against the plan as it is. */
function trialLines(style: TerminalStyle, {trial, whatIf, answer}: State): string[] {
  const best = answer?.answer.rows[0];
  if (best === undefined) return [];
  if (Object.keys(whatIf.factors).length === 0) return [paint(style, 'quiet', 'as it is: move a slider')];
  const isCurrent = trial !== null && JSON.stringify(trial.factors) === JSON.stringify(whatIf.factors);
  if (!isCurrent || trial.text !== answer?.text) return [paint(style, 'quiet', 'planning ...')];
  const {row} = trial;
  if (row === null) return [paint(style, 'bad', 'nothing fits then')];
  return [
    paint(
      style,
      'title',
      `then ${formatSeconds(row.run.seconds.p50)} by the calendar: ${speedChange(row, best)}`,
    ),
    ...wrap(style, trialFigures(row, best)),
  ];
}

function speedChange(row: Row, best: Row): string {
  const faster = best.run.seconds.p50 / row.run.seconds.p50 - 1;
  if (Math.abs(faster) < 5e-4) return 'as fast as before';
  return `${formatPercent(Math.abs(faster), 2)} ${faster > 0 ? 'faster' : 'slower'}`;
}

function trialFigures({step, utilization, run, layout}: Row, best: Row): string {
  const cost = run.costUsd === null ? '' : `, ${formatUsd(run.costUsd)}`;
  const isSame = layoutKeyOf(layout) === layoutKeyOf(best.layout);
  const change = isSame ? 'with the same layout' : `best then: ${formatDegrees(layout)}`;
  return `step ${formatSeconds(step.p50)}, ${formatPercent(utilization.modelFlopsUtilization)} of peak${cost}; ${change}`;
}

function tornadoLines(style: TerminalStyle, {sensitivity, answer}: State): string[] {
  const known = sensitivity !== null && sensitivity.text === answer?.text ? sensitivity : null;
  if (known === null) return [paint(style, 'quiet', 'trying every figure ...')];
  const rest =
    known.found.length < known.total
      ? [paint(style, 'quiet', padStart(`${known.found.length} of ${known.total} figures`, 20))]
      : [];
  return [...renderSensitivity(style, known.found, known.measure), ...rest];
}

export function whatIfHints(style: TerminalStyle): string {
  return hints(style, [
    `${mark(style, 'upDown')} figure`,
    `${mark(style, 'leftRight')} less, more`,
    '0 as it is',
    'esc plan',
    'r report',
    '? keys',
    'q quit',
  ]);
}
