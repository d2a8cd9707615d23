import type {Goal} from '../../../plan/plan.js';
import type {SearchTiming, SimulationCheck} from '../../../search/search-result.js';
import type {Answer} from '../../../search/variants/answer.js';
import {meetsLimits} from '../../../search/variants/goal.js';
import {formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import {paint} from '../../terminal/paint.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';

const betterWords: Readonly<Record<Goal['minimize'], string>> = {
  time: 'is faster',
  cost: 'is cheaper',
  energy: 'takes less energy',
  memory: 'leaves more headroom',
  loss: 'comes to a lower loss',
};

/** What the search can prove about its answer, in a sentence. */
export function certificateText(answer: Answer, {seconds}: SearchTiming): string {
  const {space, evaluated, excludedByMemory, excludedByBound} = answer.counts;
  const looked = [
    `${evaluated} timed`,
    `${excludedByMemory} out of memory`,
    ...(excludedByBound > 0 ? [`${excludedByBound} slower by a proved bound`] : []),
  ].join(', ');
  const {variants, infeasible} = answer;
  const ofVariants = variants.length > 1 || infeasible.length > 0 ? ` of ${variants.length} designs` : '';
  const others = infeasible.length > 0 ? `, ${infeasible.length} designs are not possible` : '';
  const {simulationCheck} = answer;
  const events =
    simulationCheck === null
      ? ''
      : `; closed forms of the ${simulationCheck.simulated} layouts above ${agreement(simulationCheck)} their simulation by events`;
  const took = seconds === null ? '' : `, in ${formatSeconds(seconds)}`;
  return `${verdict(answer)}: ${space} layouts${ofVariants} = ${looked}${others}${took}${events}`;
}

/** Sums in another order differ in the last bits: that is no difference. */
const rounding = 1e-9;

function agreement({largestDifference}: SimulationCheck): string {
  const share = Math.abs(largestDifference);
  return share < rounding ? 'equal' : `are within ${formatPercent(share, 2)} of`;
}

/** The same, as lines of a page. */
export function certificateLines(style: TerminalStyle, answer: Answer, timing: SearchTiming): string[] {
  return wrap(style, certificateText(answer, timing)).map(line => paint(style, 'quiet', line));
}

function verdict({best, optimal}: Answer): string {
  if (!optimal) return 'not certified, the search did not end: the best so far';
  if (best === null) return 'no layout fits';
  const {goal} = best.variant.plan;
  const limited = goal.deadline !== null || goal.budget !== null;
  if (limited && !meetsLimits(goal, best.figures)) return 'no layout of the space comes nearer to the goal';
  return `no layout of the space${limited && goal.minimize !== 'time' ? ' that meets the goal' : ''} ${betterWords[goal.minimize]}`;
}
