import type {TakenDefault} from '../frameworks/complete-layout.js';
import {notesOf} from '../frameworks/problems.js';
import {type LayoutFieldName, layoutFields} from '../layout/fields.js';
import type {Layout} from '../layout/layout.js';
import type {StepEstimate} from '../pipeline/estimate.js';
import {memoryBand} from '../pipeline/uncertainty/memory-band.js';
import {stepBand} from '../pipeline/uncertainty/step-band.js';
import type {Plan, PlanDefault} from '../plan/plan.js';
import type {VariantChoices} from '../plan/variant.js';
import {estimateRun, type RunEstimate} from '../run/run.js';
import {type PlanLoss, planLoss} from '../scaling/loss/plan-loss.js';
import type {Band, Risk} from '../units/band.js';
import {evidenceWarnings} from './evidence-warnings.js';
import {networkStateWarnings} from './network-warnings.js';
import {type Utilization, utilization} from './utilization.js';
import {
  goalWarnings,
  implausibleWarnings,
  memoryWarnings,
  tightWarnings,
  unusedWarnings,
} from './warnings.js';

/** One layout of a plan with everything that reports show of it. */
export interface Simulation {
  readonly plan: Plan;
  readonly layout: Layout;
  readonly estimate: StepEstimate;
  /** Seconds of a step; its p50 is the estimate's. */
  readonly step: Band;
  /** Allocated bytes of the fullest stage; its p50 is the estimate's. */
  readonly memory: Band;
  readonly utilization: Utilization;
  readonly run: RunEstimate;
  /** At the end of the training. */
  readonly loss: PlanLoss;
  /** Why it does not meet the goal, as sentences. */
  readonly missed: readonly string[];
  /** What its reader should know before acting on it, as sentences, what is missed first. */
  readonly warnings: readonly string[];
  /** Values of what its search section opens; empty where the plan opens nothing outside the layout. */
  readonly choices: VariantChoices;
  /** Fields of the layout that a search chose for `simulate` and its like; empty for the answer of a search. */
  readonly chosen: readonly LayoutFieldName[];
  /** What the plan does not state and took a default. */
  readonly defaults: readonly PlanDefault[];
  /** It fits in memory and meets the deadline and the budget of the plan. */
  readonly meetsGoal: boolean;
}

/** How an answer came about. */
export interface SimulationOptions {
  /** The figure that the deadline and the budget are held against; absent: the median. */
  readonly risk?: Risk;
  readonly choices?: VariantChoices;
  readonly chosen?: readonly LayoutFieldName[];
  /** Fields of the layout that took a default. */
  readonly defaults?: readonly TakenDefault[];
}

/** Everything that a report on `layout` shows. */
export function makeSimulation(
  plan: Plan,
  layout: Layout,
  estimate: StepEstimate,
  {risk = 'p50', choices = {}, chosen = [], defaults = []}: SimulationOptions = {},
): Simulation {
  const {software} = plan.cluster;
  const run = estimateRun(plan, estimate);
  const loss = planLoss(plan);
  const used = utilization(plan, layout, estimate.seconds);
  const missed = [...memoryWarnings(estimate.memory), ...goalWarnings(plan, run, loss, risk)];
  return {
    plan,
    layout,
    estimate,
    step: stepBand(estimate, software),
    memory: memoryBand(estimate.memory, software),
    utilization: used,
    run,
    loss,
    missed,
    choices,
    chosen,
    defaults: [
      ...plan.defaults,
      ...defaults.map(({field, value, framework}) => ({
        path: `layout.${layoutFields[field].key}`,
        value,
        from: framework ?? 'walltime',
      })),
    ],
    warnings: [
      ...missed,
      ...tightWarnings(plan, estimate.memory),
      ...evidenceWarnings(plan, estimate.extrapolated),
      ...notesOf(layout, plan).map(({path, message}) => `${path}: ${message}`),
      ...networkStateWarnings(plan, layout, estimate),
      ...implausibleWarnings(plan, run, {stepSeconds: estimate.seconds, ...used}),
      ...unusedWarnings(plan),
    ],
    meetsGoal: missed.length === 0,
  };
}
