import type {Layout} from '../../layout/layout.js';
import type {Transformer} from '../../model/transformer.js';
import type {StepEstimate} from '../../pipeline/estimate.js';
import {stepBand} from '../../pipeline/uncertainty/step-band.js';
import {numReplicas, type Plan} from '../../plan/plan.js';
import {estimateRun, type RunEstimate} from '../../run/run.js';
import type {Band} from '../../units/band.js';
import {type PlanLoss, planLoss} from '../loss/plan-loss.js';
import {type TrainingLimit, tokensOfFlop} from './limit.js';

/** A layout of a model at a batch, and the speed that its run keeps up. */
export interface PlannedSpeed {
  readonly plan: Plan;
  readonly layout: Layout;
  readonly estimate: StepEstimate;
  /** Over a long run, with its failures, pauses and outer reductions; before the warm-up. */
  readonly tokensPerSecond: number;
}

/** A training run that ends when its limit is reached. */
export interface ScaleCandidate extends PlannedSpeed {
  /** With the tokens that it reaches. */
  readonly plan: Plan;
  readonly tokens: number;
  readonly run: RunEstimate;
  readonly loss: PlanLoss;
  /** Band of the loss: errors of the law, and of the planner in how many tokens it reaches. */
  readonly band: Band;
}

/** `plan` with another model and another batch, sequences over all replicas; ramps belong to the plan's own batch. */
export function planOf(plan: Plan, model: Transformer, globalBatch: number): Plan {
  const {batchRamp: _, ...training} = plan.training;
  return {...plan, model, training: {...training, globalBatch: globalBatch / numReplicas(plan)}};
}

/** Steps of the run that the speed is measured over. */
const longRun = 1e6;

export function plannedSpeed(plan: Plan, layout: Layout, estimate: StepEstimate): PlannedSpeed {
  const {globalBatch, sequenceLength} = plan.training;
  const tokens = longRun * globalBatch * numReplicas(plan) * sequenceLength;
  const {expectedSeconds} = estimateRun(withTokens(plan, tokens), estimate, {runs: 0});
  return {plan, layout, estimate, tokensPerSecond: tokens / (expectedSeconds - plan.operation.warmUp)};
}

/** Tokens that a training run of `tokensPerSecond` reaches, in whole steps. */
export function tokensWithin(plan: Plan, tokensPerSecond: number, limit: TrainingLimit): number {
  const {globalBatch, sequenceLength} = plan.training;
  const step = globalBatch * numReplicas(plan) * sequenceLength;
  const byTime = Math.max(0, limit.seconds - plan.operation.warmUp) * tokensPerSecond;
  return Math.floor(Math.min(byTime, tokensOfFlop(plan.model, sequenceLength, limit)) / step) * step;
}

/** The training that ends at `limit`; null where not one step is done by then. */
export function candidateAt(speed: PlannedSpeed, limit: TrainingLimit): ScaleCandidate | null {
  const {estimate} = speed;
  const tokens = tokensWithin(speed.plan, speed.tokensPerSecond, limit);
  if (tokens === 0) return null;
  const plan = withTokens(speed.plan, tokens);
  const loss = planLoss(plan);
  const {p10, p50, p90} = stepBand(estimate, plan.cluster.software);
  const boundByTime =
    limit.seconds * speed.tokensPerSecond <= tokensOfFlop(plan.model, plan.training.sequenceLength, limit);
  const atSpeed = (step: number) => (boundByTime ? planLoss(plan, (tokens * p50) / step).value : loss.value);
  const {value} = loss;
  const law = loss.band ?? {p10: value, p50: value, p90: value};
  return {
    ...speed,
    plan,
    tokens,
    run: estimateRun(plan, estimate, {runs: 0}),
    loss,
    band: {
      p10: value * Math.exp(-Math.hypot(Math.log(law.p10 / value), Math.log(atSpeed(p10) / value))),
      p50: value,
      p90: value * Math.exp(Math.hypot(Math.log(law.p90 / value), Math.log(atSpeed(p90) / value))),
    },
  };
}

function withTokens(plan: Plan, tokens: number): Plan {
  return {...plan, training: {...plan.training, tokens}};
}
