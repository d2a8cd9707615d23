import type {Plan} from '../../plan/plan.js';
import type {PlanVariant} from '../../plan/variant.js';
import {estimateRun, type RunEstimate} from '../../run/run.js';
import type {Risk} from '../../units/band.js';
import type {Candidate} from '../search-result.js';

/** A layout of a variant with the whole run that it makes. */
export interface EvaluatedPlan {
  readonly variant: PlanVariant;
  readonly candidate: Candidate;
  readonly run: RunEstimate;
  readonly figures: GoalFigures;
}

/** Figures that goals and limits refer to, at the risk that is planned on. */
export interface GoalFigures {
  /** Time of the run. */
  readonly seconds: number;
  /** Time over all devices; decides on cost if no price is specified. */
  readonly deviceSeconds: number;
  /** Null where the devices have no price. */
  readonly costUsd: number | null;
  readonly energyJoules: number;
  /** Share of a device's memory that the fullest stage needs; 1 leaves no headroom. */
  readonly memoryShare: number;
  /** Loss at the end of the run, which layouts do not change; 0 without a law. */
  readonly loss: number;
}

/** Options of an evaluation. */
export interface EvaluationOptions {
  readonly risk: Risk;
  /** The loss that a plan ends with; absent: losses are not compared. */
  readonly lossOf?: ((plan: Plan) => number) | undefined;
}

export function evaluatePlan(
  variant: PlanVariant,
  candidate: Candidate,
  evaluation: EvaluationOptions,
): EvaluatedPlan {
  const run = estimateRun(variant.plan, candidate.estimate);
  const loss = evaluation.lossOf?.(variant.plan) ?? 0;
  return {variant, candidate, run, figures: {...goalFigures(candidate, run, evaluation.risk), loss}};
}

const secondsPerHour = 3600;

/** Devices are paid and fed as long as the run takes: all but the memory grow with it. */
function goalFigures(
  {estimate: {memory}}: Candidate,
  run: RunEstimate,
  risk: Risk,
): Omit<GoalFigures, 'loss'> {
  const longer = run.seconds[risk] / run.seconds.p50;
  return {
    seconds: run.seconds[risk],
    deviceSeconds: run.deviceHours * secondsPerHour * longer,
    costUsd: run.costUsd === null ? null : run.costUsd * longer,
    energyJoules: run.energyJoules * longer,
    memoryShare: memory.neededBytes / memory.capacityBytes,
  };
}
