import {fit, padStart} from '../../report/page/display-width.js';
import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import {wrap} from '../../report/page/wrap.js';
import {degreesInWords} from '../../report/text/layout-words.js';
import {renderSensitivity} from '../../report/text/sensitivity-text.js';
import {formatNumber, formatPercent, formatSeconds, formatUsd} from '../../units/format-quantity.js';
import {sliderFactors, sliderNames, sliderPosition} from '../keys/what-if-keys.js';
import {layoutKeyOf} from '../state/layout-columns.js';
import type {State} from '../state/state.js';
import {beside, fitBlock} from '../widgets/beside.js';
import {hints} from '../widgets/hints.js';
import {mark} from '../widgets/marks.js';

/** From this width on the sliders stand beside the tornado. */
const wide = 130;
const sliderColumns = 52;

/** Any figure as a slider, what the plan would be then, and what each figure is worth. */
export function whatIfScreen(page: Page, state: State, rows: number): string[] {
  const names = sliderNames(state);
  if (names.length === 0) return fitBlock([' no plan to change yet'], page.width, rows);
  const body = page.width >= wide ? sideBySide(page, state, names, rows) : stacked(page, state, names, rows);
  return fitBlock(
    body.map(line => ` ${line}`),
    page.width,
    rows,
  );
}

function sideBySide(page: Page, state: State, names: readonly string[], rows: number): string[] {
  const right = {...page, width: page.width - sliderColumns - 5};
  const left = {...page, width: sliderColumns};
  const lines = [...sliderLines(page, state, names, rows - 6), '', ...trialLines(left, state)];
  const blocks = [
    {lines, columns: sliderColumns},
    {lines: tornado(right, state), columns: right.width},
  ];
  return beside(blocks, rows, '   ');
}

function stacked(page: Page, state: State, names: readonly string[], rows: number): string[] {
  const inner = {...page, width: page.width - 2};
  const tried = trialLines(inner, state);
  const shown = Math.min(names.length, Math.max(4, Math.floor((rows - tried.length) / 3)));
  return [...sliderLines(page, state, names, shown + 1), ...tried, '', ...tornado(inner, state)];
}

function sliderLines(page: Page, state: State, names: readonly string[], rows: number): string[] {
  const {parameter, factors: changed} = state.whatIf;
  const room = Math.max(1, Math.min(names.length, rows - 1));
  const first = Math.max(0, Math.min(parameter - Math.floor(room / 2), names.length - room));
  const width = Math.max(...names.map(name => name.length));
  const lines = names.slice(first, first + room).map((name, i) => {
    const here = first + i === parameter;
    const factor = changed[name] ?? 1;
    const words = factor === 1 ? '' : `x ${formatNumber(factor, 2)}`;
    const label = fit(name, width);
    const cursor = here ? mark(page, 'cursor') : ' ';
    return `${cursor} ${here ? paint(page, 'title', label) : label} ${slider(page, factor)} ${paint(page, 'warning', words)}`;
  });
  return [paint(page, 'title', 'what if'), ...lines];
}

/** A track with a knob; the middle is as it is. */
function slider(page: Page, factor: number): string {
  const at = sliderPosition(factor);
  const middle = sliderPosition(1);
  const signs = page.unicode ? {track: '─', middle: '┼', knob: '●'} : {track: '-', middle: '+', knob: 'O'};
  return sliderFactors
    .map((_, i) => {
      if (i === at) return paint(page, factor === 1 ? 'quiet' : 'warning', signs.knob);
      return paint(page, 'quiet', i === middle ? signs.middle : signs.track);
    })
    .join('');
}

function trialLines(page: Page, state: State): string[] {
  const {trial, whatIf, answer} = state;
  const best = answer?.answer.rows[0];
  if (best === undefined) return [];
  if (Object.keys(whatIf.factors).length === 0) return [paint(page, 'quiet', 'as it is: move a slider')];
  const isNew = trial !== null && JSON.stringify(trial.factors) === JSON.stringify(whatIf.factors);
  if (!isNew || trial.text !== answer?.text) return [paint(page, 'quiet', 'planning ...')];
  const {row} = trial;
  if (row === null) return [paint(page, 'bad', 'nothing fits then')];
  const faster = best.run.seconds.p50 / row.run.seconds.p50 - 1;
  const direction = faster > 0 ? 'faster' : 'slower';
  const change =
    Math.abs(faster) < 5e-4 ? 'as fast as before' : `${formatPercent(Math.abs(faster), 2)} ${direction}`;
  const cost = row.run.costUsd === null ? '' : `, ${formatUsd(row.run.costUsd)}`;
  const same = layoutKeyOf(row.layout) === layoutKeyOf(best.layout);
  const layout = same ? 'with the same layout' : `best then: ${degreesInWords(row.layout)}`;
  return [
    paint(page, 'title', `then ${formatSeconds(row.run.seconds.p50)}: ${change}`),
    ...wrap(
      page,
      `step ${formatSeconds(row.step.p50)}, ${formatPercent(row.utilization.modelFlopsUtilization)} of peak${cost}; ${layout}`,
    ),
  ];
}

function tornado(page: Page, {sensitivity, answer}: State): string[] {
  const known = sensitivity !== null && sensitivity.text === answer?.text ? sensitivity : null;
  if (known === null) return [paint(page, 'quiet', 'working out what each figure is worth ...')];
  const rest =
    known.found.length < known.total
      ? [paint(page, 'quiet', padStart(`${known.found.length} of ${known.total} figures`, 20))]
      : [];
  return [...renderSensitivity(page, known.found, known.measure), ...rest];
}

/** Keys of the what-if screen. */
export function whatIfKeys(page: Page): string {
  return hints(page, [
    `${mark(page, 'upDown')} figure`,
    `${mark(page, 'leftRight')} less, more`,
    '0 as it is',
    'esc plan',
    'r report',
    '? keys',
    'q quit',
  ]);
}
