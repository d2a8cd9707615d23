import {stepPartNames} from '../../../cost/step.js';
import {evidenceWarnings} from '../../../report/evidence-warnings.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import {measureLabels} from '../../../report/tornado.js';
import {formatRecompute} from '../../../report/words/format-layout.js';
import {stepPartLabels} from '../../../report/words/step-part-labels.js';
import type {Neighbour} from '../../../search/neighbours.js';
import {formatBinaryBytes, formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import type {PlanAnswer, Row} from '../../planning/reply.js';
import {layoutKeyOf} from '../../state/layout-columns.js';
import {excessOver, goalMeasureOf} from '../../state/row-order.js';
import {type State, selectedRow} from '../../state/state.js';
import {titled} from '../../widgets/titled.js';

/** The questions about the selected layout, each with its answer. */
export function questionLines(style: TerminalStyle, state: State): string[] {
  const row = selectedRow(state);
  const answer = state.answer?.answer;
  const best = answer?.rows[0];
  if (row === null || answer === undefined || best === undefined) return [];
  const isBest = layoutKeyOf(best.layout) === layoutKeyOf(row.layout);
  const whyNot = isBest
    ? whyNotNeighbour(answer)
    : {question: 'Why not this one?', answer: formatExcess(row, best)};
  return [
    ...titled(style, whyNot.question, whyNot.answer),
    ...titled(style, 'What helps most?', whatHelps(state)),
    ...pinCostLines(style, answer, best),
    ...titled(style, 'How sure?', howSure(row)),
  ];
}

interface AnsweredQuestion {
  readonly question: string;
  readonly answer: string;
}

/** Why the best layout is better than layouts one choice away from it. */
function whyNotNeighbour({neighbours}: PlanAnswer): AnsweredQuestion {
  const question = 'Why not its neighbour?';
  if (neighbours === null) return {question, answer: '...'};
  // A neighbour that is out of memory shows more than one that is a little slower.
  const [first, second] = [neighbours.find(({fits}) => !fits), neighbours.find(({fits}) => fits)].filter(
    found => found !== undefined,
  );
  if (first === undefined) return {question, answer: 'it has none: the plan fixes every choice'};
  const more = second === undefined ? '' : `; ${neighbourName(second)}: ${neighbourLoss(second)}`;
  // A row of the table may have the same value and fit, with other choices changed as well.
  return {
    question: `Why not ${neighbourName(first)}?`,
    answer: `all else equal: ${neighbourLoss(first)}${more}`,
  };
}

const fieldWords: Readonly<Record<Neighbour['field'], string>> = {
  tensor: 'tensor',
  pipeline: 'pipeline',
  microBatch: 'micro-batch',
  recompute: 'recompute',
  virtualStages: 'virtual stages',
};

function neighbourName({field, layout}: Neighbour): string {
  return `${fieldWords[field]} ${field === 'recompute' ? formatRecompute(layout) : String(layout[field])}`;
}

/** Memory and time of a neighbour against the best layout. */
function neighbourLoss({fits, neededBytes, slower, part, partSeconds}: Neighbour): string {
  const grown = partSeconds > 0 ? ` (${stepPartLabels[part]} +${formatSeconds(partSeconds, 2)})` : '';
  const time =
    slower >= 0
      ? `${formatPercent(slower, 2)} slower${grown}`
      : `it would be ${formatPercent(-slower, 2)} faster`;
  return fits ? time : `needs ${formatBinaryBytes(neededBytes)} a device; ${time}`;
}

const moreWords = {step: 'slower', energy: 'more energy', memory: 'fuller'} as const;

/** Excess of a row over the best one, with the parts of the step that grow most. */
function formatExcess(row: Row, best: Row): string {
  const slower = row.step.p50 / best.step.p50 - 1;
  const measure = goalMeasureOf(row);
  if (measure !== 'step') {
    const time = `${formatPercent(Math.abs(slower), 2)} ${slower < 0 ? 'faster' : 'slower'}`;
    return `${formatPercent(excessOver(row, best), 2)} ${moreWords[measure]} than the best, and ${time}`;
  }
  const [own, other] = [row.estimate.parts, best.estimate.parts];
  const grown = [...stepPartNames]
    .map(name => ({name, seconds: own[name] - other[name]}))
    .filter(({seconds}) => seconds > 0)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 2)
    .map(({name, seconds}) => `${stepPartLabels[name]} +${formatSeconds(seconds, 2)}`);
  return `${formatPercent(slower, 2)} slower than the best: ${grown.join(', ')}`;
}

/** Excess of the best pinned layout over the best one without pins. */
function pinCostLines(style: TerminalStyle, {plan, free}: PlanAnswer, best: Row): string[] {
  if (Object.keys(plan.pins).length === 0) return [];
  const question = 'What do the pins cost?';
  if (free === null) return titled(style, question, '...');
  const cost = excessOver(best, free);
  if (cost < 5e-4) return titled(style, question, 'nothing: the free optimum is no better');
  const measure = goalMeasureOf(best);
  const optimum =
    measure === 'step' ? `the free optimum of ${formatSeconds(free.step.p50)}` : 'the free optimum';
  return titled(style, question, `${formatPercent(cost, 2)} ${moreWords[measure]} than ${optimum}`);
}

function howSure({step, estimate, plan}: Row): string {
  const range = `step ${formatSeconds(step.p10)} to ${formatSeconds(step.p90)} in 8 of 10 runs`;
  const [why = 'near to measured ones'] = evidenceWarnings(plan, estimate.extrapolated);
  return `${range}; ${why}`;
}

/** Changes of one parameter that gain at least this share are shown. */
const leastGain = 0.005;

/** The changes of one parameter that gain most, of those that are tried already. */
function whatHelps({sensitivity, answer}: State): string {
  if (sensitivity === null || sensitivity.text !== answer?.text) return 'trying every figure ...';
  const {found, total, measure} = sensitivity;
  const gains = found
    .flatMap(({name, changes}) => changes.map(({word, faster}) => ({name, word, faster: faster ?? 0})))
    .filter(({faster}) => faster >= leastGain)
    .sort((a, b) => b.faster - a.faster)
    .slice(0, 3)
    .map(({name, word, faster}) => `${name} ${word}: ${formatPercent(faster, 2)} ${measureLabels[measure]}`);
  const isDone = found.length >= total;
  if (gains.length === 0 && isDone) return 'no single figure';
  return [...gains, ...(isDone ? [] : [`... ${found.length} of ${total} figures tried`])].join(', ');
}
