import {stepSeconds} from '../../cost/step.js';
import type {Layout} from '../../layout/layout.js';
import {estimateStep} from '../../pipeline/estimate.js';
import {StepTables} from '../../pipeline/tables/step-tables.js';
import type {Plan} from '../../plan/plan.js';
import type {Risk} from '../../units/band.js';
import {degreesSpaces} from '../proof/proven-space.js';
import {mostPromisingFirst} from '../proof/warm-start.js';
import type {SearchShard} from '../search-result.js';
import {riskFactor, type SearchContext, searchContext} from '../walk/search-context.js';
import {walkDegrees} from '../walk/walk-degrees.js';
import {BestByObjective} from './best-by-objective.js';
import {objectiveOf} from './objective.js';

/** Search for what a goal other than time prefers, one combination of degrees after the other. */
export interface GoalSearch {
  /** Visits the next degrees. @returns whether all were visited */
  advance(): boolean;
  /** Best of what was visited, within the limits; where there is none, the best without them. */
  layouts(): readonly Layout[];
}

/**
 * Search of a shard by the objective of a plan; null where the fastest layout is the answer.
 *
 * @param seed a layout that fits, the fastest at best
 */
export function goalSearch(
  plan: Plan,
  risk: Risk,
  shard: SearchShard,
  seed: Layout | null,
): GoalSearch | null {
  const begun = beginGoal(plan, risk, seed === null ? [] : [seed]);
  if (begun === null) return null;
  const {context, best} = begun;
  const own = mostPromisingFirst(context, degreesSpaces(plan), null).filter(
    (_, place) => place % shard.of === shard.index,
  );
  let next = 0;
  return {
    advance() {
      const visited = own[next];
      if (visited === undefined) return true;
      next += 1;
      walkDegrees(context, visited.space, best);
      return next === own.length;
    },
    layouts: () => best.layouts(),
  };
}

/** Best by the objective of a plan among the layouts that searches of its shards found. */
export function bestByGoal(plan: Plan, risk: Risk, layouts: readonly Layout[]): readonly Layout[] {
  return beginGoal(plan, risk, layouts)?.best.layouts() ?? [];
}

function beginGoal(plan: Plan, risk: Risk, known: readonly Layout[]) {
  const objective = objectiveOf(plan);
  if (objective === null) return null;
  const context = searchContext(plan, risk, new StepTables(plan));
  const best = new BestByObjective(plan, risk, objective);
  for (const layout of known) recordLayout(plan, context, best, layout);
  return {context, best};
}

function recordLayout(plan: Plan, context: SearchContext, best: BestByObjective, layout: Layout): void {
  const {parts, memory} = estimateStep({...plan, layout});
  if (!memory.fits) return;
  const {peakBytes, neededBytes} = memory;
  const step = {
    seconds: stepSeconds(parts),
    parts,
    peakBytes,
    neededBytes,
  };
  best.record(step, riskFactor(context, layout, layout.microBatch), () => layout);
}
