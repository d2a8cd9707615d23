import type {Plan} from '../../layout/plan.js';
import {planLoss} from '../../scaling/loss/plan-loss.js';

/** The loss that a plan ends with; its laws are asked only where the goal is about it. */
export function lossOf(plan: Plan): number {
  return plan.goal.minimize === 'loss' ? planLoss(plan).value : 0;
}
