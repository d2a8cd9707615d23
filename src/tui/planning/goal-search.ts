import type {Plan} from '../../plan/plan.js';
import {pinProblems} from '../../search/pin-problems.js';
import {type Search, type SearchProgress, startSearch} from '../../search/search.js';
import type {SearchResult} from '../../search/search-result.js';
import {answerBuilder} from '../../search/variants/answer.js';
import {goalSearch} from '../../search/variants/goal-search.js';
import type {Row} from './reply.js';
import {rowOf} from './row-of.js';
import {searchSlices} from './search-slices.js';

/** Percentile of the run that the goal is judged by; every screen shows the same. */
const risk = 'p50';

/**
 * Runs a search slice by slice, then ranks its layouts by the plan's goal: the layout that the goal
 * chooses first, then the best one of each other combination of degrees.
 *
 * @param alternatives number of layouts after the best one
 */
export function* goalSearchSteps(
  plan: Plan,
  search: Search,
  alternatives: number,
): Generator<SearchProgress, SearchResult> {
  yield* searchSlices(search);
  const result = search.result();
  if (result.best === null) return result;
  const goal = goalSearch(plan, risk, {index: 0, of: 1}, result.best.layout);
  if (goal === null) return result;
  while (!goal.advance()) yield search.progress();
  const builder = answerBuilder({variants: [{choices: {}, plan}], infeasible: []}, {risk, alternatives});
  builder.add(0, result, goal.layouts());
  const answer = builder.answer();
  return {
    ...result,
    best: answer.best?.candidate ?? result.best,
    alternatives: answer.alternatives.map(({candidate}) => candidate),
  };
}

/** Searches the layout that the plan's goal chooses; null if nothing fits. */
export function* bestRow(plan: Plan): Generator<null, Row | null> {
  if (pinProblems(plan).length > 0) return null;
  const search = startSearch(plan, {alternatives: 0});
  const steps = goalSearchSteps(plan, search, 0);
  for (;;) {
    const {value, done} = steps.next();
    if (done === true) return value.best === null ? null : rowOf(plan, value.best);
    yield null;
  }
}
