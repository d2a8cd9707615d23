import {evenRatios} from '../../../layout/even-ratios.js';
import type {Layout} from '../../../layout/layout.js';
import type {Plan} from '../../../plan/plan.js';
import type {ScaleCandidate} from '../candidate.js';
import {limitOf, type TrainingLimit} from '../limit.js';
import type {ModelTemplate} from '../model-template.js';
import {speedTable} from '../speeds/speed-table.js';
import {lossSurface} from './surface.js';

/** Search range of a question close to one that is answered. */
export interface Neighbourhood {
  readonly family: ModelTemplate;
  /** In the middle of the sizes. */
  readonly parameters: number;
  /** Largest factor to a size. */
  readonly within: number;
  readonly count: number;
  /** Sequences over all replicas. */
  readonly batches: readonly number[];
  /** The layout of the answer that is close, where there is one. */
  readonly like?: Layout;
}

/** The best training of `plan` by `limit` among the sizes and batches of a neighbourhood; null where none fits. */
export function bestNearby(
  plan: Plan,
  {family, parameters, within, count, batches, like}: Neighbourhood,
  limit: TrainingLimit | null = limitOf(plan),
): ScaleCandidate | null {
  if (limit === null) return null;
  const sizes =
    count === 1 ? [parameters] : evenRatios({from: parameters / within, to: parameters * within, count});
  const question = {plan, family, parameters: sizes, batches, ...(like === undefined ? {} : {like})};
  return lossSurface(speedTable(question), limit, {numFullySearched: 1}).best;
}

/** The batches of a list within a factor of one of them. */
export function batchesNear(batches: readonly number[], batch: number, within: number): number[] {
  return batches.filter(other => other >= batch / within && other <= batch * within);
}
