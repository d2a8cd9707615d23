import {evenRatios, roundBatch} from '../../../layout/even-ratios.js';
import {numDevicesOf, type Plan} from '../../../plan/plan.js';
import {flopPerParameterToken} from '../../allocation/compute-optimal.js';
import {leastLossOfProduct} from '../../allocation/least-loss.js';
import {batchFit} from '../../batch/useful-share.js';
import {lawOfPlan} from '../../loss/plan-law.js';
import type {TrainingLimit} from '../limit.js';

/** Share of the peak that a good run reaches: only where to look follows from it. */
const assumedUtilization = 0.4;
/** Sizes from a tenth to ten times the compute-optimal one. */
const sizeSpan = 10;
const defaultCounts = {parameters: 40, batches: 20};

/** Sizes for a plan that leaves them open: around the compute-optimal one for what the machine can compute by the limit. */
export function defaultSizes(plan: Plan, limit: TrainingLimit, count = defaultCounts.parameters): number[] {
  const {parameters} = computeOptimalBy(plan, limit);
  return evenRatios({from: parameters / sizeSpan, to: parameters * sizeSpan, count});
}

/** Batches for a plan that leaves them open: half the best one for the fewest tokens to the critical one for the most. */
export function defaultBatches(plan: Plan, limit: TrainingLimit, count = defaultCounts.batches): number[] {
  const {tokens} = computeOptimalBy(plan, limit);
  const {sequenceLength} = plan.training;
  const from = batchFit({tokens: tokens / sizeSpan, batch: 1}).best / 2;
  const to = batchFit({tokens: tokens * sizeSpan, batch: 1}).critical;
  const values = evenRatios({from, to, count}).map(value => roundBatch(Math.max(1, value / sequenceLength)));
  return [...new Set(values)];
}

function computeOptimalBy(plan: Plan, {seconds, flop}: TrainingLimit) {
  const peak = plan.cluster.accelerator.peak[plan.training.precision] ?? 0;
  const within = Math.min(flop, seconds * numDevicesOf(plan) * peak * assumedUtilization);
  return leastLossOfProduct(
    lawOfPlan(plan).law,
    within / flopPerParameterToken,
    plan.training.uniqueTokens ?? null,
  );
}
