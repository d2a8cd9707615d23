import {numReplicas} from '../../../plan/plan.js';
import {leastLossOfProduct} from '../../allocation/least-loss.js';
import {lossOf} from '../../loss/loss-law.js';
import type {ScaleCandidate} from '../candidate.js';
import type {TrainingLimit} from '../limit.js';
import type {ModelTemplate} from '../model-template.js';
import {batchesNear, bestNearby} from '../surface/nearby.js';

/** Compute-optimal model of the law, by FLOP alone, and its training run on the machine. */
export interface ComputeOptimalChoice {
  readonly parameters: number;
  readonly tokens: number;
  /** By the law, were the FLOP all that counts. */
  readonly promisedLoss: number;
  /** Compute-optimal size, planned; null where it does not fit. */
  readonly candidate: ScaleCandidate | null;
}

/** The compute-optimal division of the FLOP that `best` spends. */
export function computeOptimalChoice(
  best: ScaleCandidate,
  family: ModelTemplate,
  batches: readonly number[],
  limit: TrainingLimit,
): ComputeOptimalChoice {
  const {law, inputs} = best.loss;
  const {uniqueTokens} = best.plan.training;
  const product = inputs.parameters * best.tokens;
  const {parameters, tokens} = leastLossOfProduct(law.law, product, uniqueTokens ?? null);
  const unique = uniqueTokens === undefined ? {} : {uniqueTokens: Math.min(uniqueTokens, tokens)};
  const batch = best.plan.training.globalBatch * numReplicas(best.plan);
  return {
    parameters,
    tokens,
    promisedLoss: lossOf(law.law, {...inputs, parameters, tokens, ...unique}),
    candidate: bestNearby(
      best.plan,
      {family, parameters, within: 1, count: 1, batches: batchesNear(batches, batch, 2), like: best.layout},
      limit,
    ),
  };
}
