import type {Plan} from '../../layout/plan.js';
import {pinProblems} from '../../search/pin-problems.js';
import {startSearch} from '../../search/search.js';
import {leversOf} from '../../search/sensitivity/levers.js';
import {measureOf} from '../../search/sensitivity/replan.js';
import {countSensitivities, type Sensitivity, sensitivities} from '../../search/sensitivity/sensitivities.js';
import type {Factors, Row, SensitivityReply} from './answers.js';
import {rowOf} from './row-of.js';
import {slices} from './slices.js';

/** The best layout of a plan with its figures scaled; the last value. */
export function* trialOf(plan: Plan, factors: Factors): Generator<null, Row | null> {
  const changed = scaled(plan, factors);
  if (changed === null || pinProblems(changed).length > 0) return null;
  const search = startSearch(changed, {alternatives: 0});
  if (search === null) return null;
  for (const _ of slices(search)) yield null;
  const {best} = search.result();
  return best === null ? null : rowOf(changed, best);
}

function scaled(plan: Plan, factors: Factors): Plan | null {
  let changed: Plan | null = plan;
  for (const {name, scale} of leversOf(plan)) {
    const factor = factors[name] ?? 1;
    if (factor !== 1 && changed !== null) changed = scale(changed, factor);
  }
  return changed;
}

/** What each figure is worth, again with each that is done. */
export function* sensitivityReplies(plan: Plan, text: string): Generator<SensitivityReply> {
  const found: Sensitivity[] = [];
  const total = countSensitivities(plan);
  for (const sensitivity of sensitivities(plan)) {
    found.push(sensitivity);
    yield {topic: 'sensitivity', text, found: [...found], total, measure: measureOf(plan)};
  }
}
