import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import {decide} from '../../search/design/answer.js';
import {goalFront, joinGoalFronts} from '../../search/design/goal-front.js';
import {pinProblems} from '../../search/pin-problems.js';
import {type Search, type SearchProgress, startSearch} from '../../search/search.js';
import type {SearchResult} from '../../search/search-result.js';
import type {Row} from './answers.js';
import {rowOf} from './row-of.js';
import {slices} from './slices.js';

/** The figure that is planned on, as everywhere on the screen. */
const risk = 'p50';
/** Parts in which the layouts are gone through that a goal may prefer to the fastest. */
const goalParts = 16;

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
  if (result.best === null || !choosesOthers(plan)) return result;
  const fronts: (readonly Layout[])[] = [];
  for (let index = 0; index < goalParts; index += 1) {
    fronts.push(goalFront(plan, risk, {index, of: goalParts}));
    yield search.progress();
  }
  const deciding = decide({designs: [{choices: {}, plan}], impossible: []}, {risk, alternatives});
  deciding.add(0, result, joinGoalFronts(plan, risk, fronts));
  const answer = deciding.answer();
  return {
    ...result,
    best: answer.best?.candidate ?? result.best,
    alternatives: answer.alternatives.map(({candidate}) => candidate),
  };
}

/** The fastest layout is also the cheapest, and losses of layouts are alike; energy and memory are not. */
function choosesOthers({goal: {minimize}}: Plan): boolean {
  return minimize === 'energy' || minimize === 'memory';
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
