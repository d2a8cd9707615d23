import {stepPartNames} from '../../../cost/step.js';
import {evidenceWarnings} from '../../../report/evidence-warnings.js';
import type {Page} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import {wrap} from '../../../report/page/wrap.js';
import {recomputeInWords} from '../../../report/text/layout-words.js';
import {stepPartWords} from '../../../report/text/simulation/step-parts.js';
import {measureWords} from '../../../report/tornado.js';
import type {Neighbour} from '../../../search/neighbours.js';
import {formatBinaryBytes, formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import type {Row} from '../../planning/reply.js';
import {excessOver, goalMeasureOf} from '../../state/row-order.js';
import {type State, selectedRow} from '../../state/state.js';
import {isBest} from './layouts-table.js';

/** The questions that are always answered for the selected layout. */
export function questionLines(page: Page, state: State): string[] {
  const row = selectedRow(state);
  if (row === null) return [];
  return [
    ...answerLines(page, ...whyNot(state, row)),
    ...answerLines(page, 'What helps most?', whatHelps(state)),
    ...pinCost(page, state),
    ...answerLines(page, 'How sure?', howSure(row)),
  ];
}

function answerLines(page: Page, question: string, answer: string): string[] {
  const indent = '  ';
  return wrap(page, `${question}  ${answer}`, {hanging: indent}).map((line, i) =>
    i === 0 && line.startsWith(question)
      ? paint(page, 'title', question) + line.slice(question.length)
      : line,
  );
}

/** Of the best layout: what speaks against its neighbours; of another: what it loses against the best. */
function whyNot(state: State, row: Row): [string, string] {
  const answer = state.answer?.answer;
  const best = answer?.rows[0];
  if (best !== undefined && !isBest(state, row)) return ['Why not this one?', lossAgainst(best, row)];
  const near = answer?.neighbours;
  if (near === undefined || near === null) return ['Why not its neighbour?', '...'];
  if (near.length === 0) return ['Why not its neighbour?', 'it has none: the plan fixes every choice'];
  // One that fails for memory says more than one that is a little slower.
  const telling = [near.find(({fits}) => !fits), near.find(({fits}) => fits)].filter(
    found => found !== undefined,
  );
  const [first, ...others] = telling;
  if (first === undefined) return ['Why not its neighbour?', '...'];
  const rest = others.map(other => `; ${neighbourName(other)}: ${against(other)}`).join('');
  return [`Why not ${neighbourName(first)}?`, against(first) + rest];
}

const names: Readonly<Record<Neighbour['field'], string>> = {
  tensor: 'tensor',
  pipeline: 'pipeline',
  microBatch: 'micro-batch',
  recompute: 'recompute',
  virtualStages: 'virtual stages',
};

function neighbourName({field, layout}: Neighbour): string {
  return `${names[field]} ${field === 'recompute' ? recomputeInWords(layout) : String(layout[field])}`;
}

function against({fits, neededBytes, slower, part, partSeconds}: Neighbour): string {
  const time =
    slower >= 0
      ? `${formatPercent(slower, 2)} slower${partSeconds > 0 ? ` (${stepPartWords[part]} +${formatSeconds(partSeconds, 2)})` : ''}`
      : `it would be ${formatPercent(-slower, 2)} faster`;
  return fits ? time : `needs ${formatBinaryBytes(neededBytes)} a device; ${time}`;
}

const moreWords = {step: 'slower', energy: 'more energy', memory: 'fuller'} as const;

function lossAgainst(best: Row, row: Row): string {
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
    .map(({name, seconds}) => `${stepPartWords[name]} +${formatSeconds(seconds, 2)}`);
  return `${formatPercent(slower, 2)} slower than the best: ${grown.join(', ')}`;
}

/** What the pins cost against the layout that the planner would choose. */
function pinCost(page: Page, state: State): string[] {
  const answer = state.answer?.answer;
  const best = answer?.rows[0];
  if (answer === undefined || best === undefined || Object.keys(answer.plan.pins).length === 0) return [];
  const {free} = answer;
  if (free === null) return answerLines(page, 'What do the pins cost?', '...');
  const cost = excessOver(best, free);
  const measure = goalMeasureOf(best);
  const optimum =
    measure === 'step' ? `the free optimum of ${formatSeconds(free.step.p50)}` : 'the free optimum';
  const said =
    cost < 5e-4
      ? 'nothing: the free optimum is no better'
      : `${formatPercent(cost, 2)} ${moreWords[measure]} than ${optimum}`;
  return answerLines(page, 'What do the pins cost?', said);
}

function howSure({step, estimate, plan}: Row): string {
  const range = `step ${formatSeconds(step.p10)} to ${formatSeconds(step.p90)} in 8 of 10 runs`;
  const [why = 'near to measured ones'] = evidenceWarnings(plan, estimate.beyond);
  return `${range}; ${why}`;
}

/** The changes that gain most, of what is worked out for this text. */
function whatHelps({sensitivity, answer}: State): string {
  if (sensitivity === null || sensitivity.text !== answer?.text) return 'trying every figure ...';
  const gains = sensitivity.found
    .flatMap(({name, changes}) => changes.map(({word, faster}) => ({name, word, faster: faster ?? 0})))
    .filter(({faster}) => faster >= 0.005)
    .sort((a, b) => b.faster - a.faster)
    .slice(0, 3)
    .map(
      ({name, word, faster}) =>
        `${name} ${word}: ${formatPercent(faster, 2)} ${measureWords[sensitivity.measure]}`,
    );
  const isDone = sensitivity.found.length >= sensitivity.total;
  if (gains.length === 0 && isDone) return 'no single figure';
  const rest = isDone ? [] : [`... ${sensitivity.found.length} of ${sensitivity.total} figures tried`];
  return [...gains, ...rest].join(', ');
}
