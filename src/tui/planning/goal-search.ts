import type {Plan} from '../../layout/plan.js';
import {decide} from '../../search/design/answer.js';
import {goalSearch as searchGoal} from '../../search/design/goal-search.js';
import {pinProblems} from '../../search/pin-problems.js';
import {type Search, type SearchProgress, startSearch} from '../../search/search.js';
import type {SearchResult} from '../../search/search-result.js';
import type {Row} from './answers.js';
import {rowOf} from './row-of.js';
import {slices} from './slices.js';

/** The figure that is planned on, as everywhere on the screen. */
const risk = 'p50';

/**
 * Goes on with a search slice by slice to what the plan's goal chooses: the layout with least of what is
 * minimized first, then the best of each other family.
 *
 * @param alternatives families besides the best one's
 */
export function* goalSearch(
  plan: Plan,
  search: Search,
  alternatives: number,
): Generator<SearchProgress, SearchResult> {
  yield* slices(search);
  const result = search.result();
  if (result.best === null) return result;
  const goal = searchGoal(plan, risk, {index: 0, of: 1}, result.best.layout);
  if (goal === null) return result;
  while (!goal.advance()) yield search.progress();
  const deciding = decide({designs: [{choices: {}, plan}], impossible: []}, {risk, alternatives});
  deciding.add(0, result, goal.layouts());
  const answer = deciding.answer();
  return {
    ...result,
    best: answer.best?.candidate ?? result.best,
    alternatives: answer.alternatives.map(({candidate}) => candidate),
  };
}

/** The layout that the goal chooses, with all that is said of it; null where nothing fits. */
export function* bestRow(plan: Plan): Generator<null, Row | null> {
  if (pinProblems(plan).length > 0) return null;
  const search = startSearch(plan, {alternatives: 0});
  if (search === null) return null;
  const steps = goalSearch(plan, search, 0);
  for (;;) {
    const {value, done} = steps.next();
    if (done === true) return value.best === null ? null : rowOf(plan, value.best);
    yield null;
  }
}
