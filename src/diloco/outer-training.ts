import {countParameters} from '../model/parameters.js';
import type {StepEstimate} from '../pipeline/estimate.js';
import type {Link, Plan} from '../plan/plan.js';
import type {Bytes, Seconds} from '../units/quantities.js';
import {
  type OuterReduction,
  outerLatencySeconds,
  outerReductionSeconds,
  outerTraffic,
} from './outer-reduction.js';
import {simulateRound} from './simulate-round.js';

/** Replicas that train apart, seen from one of them. */
export interface OuterTraining {
  /** Time of a round of inner steps with what of its reductions no step hides. */
  readonly roundSeconds: Seconds;
  /** Share of it that is spent on inner steps. */
  readonly computeUtilization: number;
  /** Reduction of the whole model, once a round, whether hidden or not. */
  readonly reductionSeconds: Seconds;
  /** What one replica sends in a round. */
  readonly trafficBytes: Bytes;
  readonly link: Link;
}

/** The outer level of a plan with `diloco`; null for ordinary data parallel. The estimate is of a replica's inner step. */
export function outerTraining(plan: Plan, estimate: StepEstimate): OuterTraining | null {
  const {diloco, model} = plan;
  if (diloco === null) return null;
  const reduction: OuterReduction = {
    parameters: countParameters(model).total,
    replicas: diloco.replicas,
    bits: diloco.outerBits,
  };
  const link = diloco.link ?? outermostLink(plan);
  const {forward, backward} = lastPass(estimate);
  const seconds = outerReductionSeconds(reduction, link);
  const latency = outerLatencySeconds(reduction, link);
  const round = simulateRound({
    numLayers: model.numLayers,
    forward,
    backward,
    innerSteps: diloco.innerSteps,
    fragments: diloco.fragments,
    overlapSteps: diloco.overlapSteps,
    reduction: seconds,
    latency,
  });
  return {
    roundSeconds: round.seconds as Seconds,
    computeUtilization: round.computeUtilization,
    reductionSeconds: round.linkSeconds as Seconds,
    trafficBytes: outerTraffic(reduction),
    link,
  };
}

/** Weights are final in the backward pass of the last micro-batch: only that can hide a reduction. */
function lastPass({parts, seconds, numMicrobatches}: StepEstimate) {
  const backward = (parts.backward + parts.recompute) / numMicrobatches;
  return {forward: seconds - backward, backward};
}

/** Between two replicas without a link of their own: what their devices have together at the outermost level. */
export function outermostLink({cluster}: Pick<Plan, 'cluster'>): Link {
  const level = cluster.topology.at(-1);
  if (level === undefined) throw new Error('a cluster has a level');
  const best = level.efficiency.at(-1)?.fraction ?? 1;
  return {
    bandwidth: (level.bandwidth * cluster.numDevices * best) as Link['bandwidth'],
    latency: level.latency,
  };
}
