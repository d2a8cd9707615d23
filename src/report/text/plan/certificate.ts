import type {Goal} from '../../../layout/plan.js';
import type {Answer} from '../../../search/design/answer.js';
import {meetsLimits} from '../../../search/design/goal.js';
import type {Certificate} from '../../../search/search-result.js';
import {formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import type {SearchTiming} from '../../json/plan-json.js';
import type {Page} from '../../page/page.js';
import {paint} from '../../page/paint.js';
import {wrap} from '../../page/wrap.js';

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
  const {designs, impossible} = answer;
  const ofDesigns = designs.length > 1 || impossible.length > 0 ? ` of ${designs.length} designs` : '';
  const others = impossible.length > 0 ? `, ${impossible.length} designs are not possible` : '';
  const {certificate} = answer;
  const events =
    certificate === null
      ? ''
      : `; closed forms of the ${certificate.simulated} layouts above ${agreement(certificate)} their simulation by events`;
  const took = seconds === null ? '' : `, in ${formatSeconds(seconds)}`;
  return `${verdict(answer)}: ${space} layouts${ofDesigns} = ${looked}${others}${took}${events}`;
}

/** Sums in another order differ in the last bits: that is no difference. */
const rounding = 1e-9;

function agreement({largestDifference}: Certificate): string {
  const share = Math.abs(largestDifference);
  return share < rounding ? 'equal' : `are within ${formatPercent(share, 2)} of`;
}

/** The same, as lines of a page. */
export function certificateLines(page: Page, answer: Answer, timing: SearchTiming): string[] {
  return wrap(page, certificateText(answer, timing)).map(line => paint(page, 'quiet', line));
}

function verdict({best, optimal}: Answer): string {
  if (!optimal) return 'not certified, the search did not end: the best so far';
  if (best === null) return 'no layout fits';
  const {goal} = best.design.plan;
  const limited = goal.deadline !== null || goal.budget !== null;
  if (limited && !meetsLimits(goal, best.figures)) return 'no layout of the space comes nearer to the goal';
  return `no layout of the space${limited && goal.minimize !== 'time' ? ' that meets the goal' : ''} ${betterWords[goal.minimize]}`;
}
