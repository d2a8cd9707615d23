import {numReplicas} from '../../../plan/plan.js';
import type {ScaleCandidate} from '../candidate.js';
import type {TrainingLimit} from '../limit.js';
import {bestNearby} from '../surface/nearby.js';

/** Shapes of one size, from deep to wide, each with the training that it makes of the same time. */
export interface ShapeChoice {
  readonly hiddenPerLayer: number;
  /** Null where it does not fit. */
  readonly candidate: ScaleCandidate | null;
}

/** Hidden size over layers, as factors of the best candidate's. */
const factors = [1 / 4, 1 / 2, 1, 2, 4];

/** Laws read the size alone: of equal sizes the faster shape has the lower loss. */
export function wideOrDeep(best: ScaleCandidate, parameters: number, limit: TrainingLimit): ShapeChoice[] {
  const {plan} = best;
  const {hiddenSize, numLayers} = plan.model;
  const batches = [plan.training.globalBatch * numReplicas(plan)];
  return factors.map(factor => {
    const family = {template: plan.model, hiddenPerLayer: (factor * hiddenSize) / numLayers};
    return {
      hiddenPerLayer: family.hiddenPerLayer,
      candidate: bestNearby(
        plan,
        {family, parameters, within: 1, count: 1, batches, like: best.layout},
        limit,
      ),
    };
  });
}
