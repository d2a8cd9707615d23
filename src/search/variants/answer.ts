import type {Layout} from '../../layout/layout.js';
import {estimateStep} from '../../pipeline/estimate.js';
import type {InfeasibleVariant, PlanVariant, PlanVariants, VariantChoices} from '../../plan/variant.js';
import type {Risk} from '../../units/band.js';
import {degreesKey} from '../compare-layouts.js';
import {mergeRejections, type Rejection} from '../rejections.js';
import type {Candidate, SearchCounts, SearchResult, SimulationCheck} from '../search-result.js';
import {type EvaluatedPlan, type EvaluationOptions, evaluatePlan} from './evaluated-plan.js';
import {compareByGoal} from './goal.js';
import {paretoFront} from './pareto.js';
import {type WhyLost, whyLost} from './why-lost.js';

/** What the plan's goal chooses out of all variants and all their layouts. */
export interface Answer {
  /** Best plan; if none meets the limits, the one nearest to them; null if nothing fits in memory. */
  readonly best: EvaluatedPlan | null;
  /** Others that differ in kind, best first: in the variant or in the degrees of their layout. */
  readonly alternatives: readonly Alternative[];
  /** Nothing is better in time, cost or memory headroom without being worse in another; fastest first. */
  readonly pareto: readonly EvaluatedPlan[];
  /** Best of each variant; a plan that opens no field outside its layout has one. */
  readonly variants: readonly VariantOutcome[];
  readonly infeasible: readonly InfeasibleVariant[];
  readonly rejected: readonly Rejection[];
  /** Sums over all variants. */
  readonly counts: SearchCounts;
  /** Every layout of every variant was evaluated or excluded for a proved reason. */
  readonly optimal: boolean;
  /** How far closed forms were from events, over all variants. */
  readonly simulationCheck: SimulationCheck | null;
  /** The layout that comes nearest to fitting, where none fits. */
  readonly smallest: {readonly variant: PlanVariant; readonly candidate: Candidate} | null;
  /** The figure that was planned on. */
  readonly risk: Risk;
}

export interface Alternative extends EvaluatedPlan {
  readonly lost: WhyLost;
}

export interface VariantOutcome {
  readonly choices: VariantChoices;
  /** Null where none of its layouts fits. */
  readonly outcome: EvaluatedPlan | null;
  readonly counts: SearchCounts;
}

export interface AnswerOptions extends Partial<EvaluationOptions> {
  /** Number of runners-up. */
  readonly alternatives?: number;
  /** A layout that is likely near the best: the search is sooner done, its answer the same. */
  readonly seed?: Layout;
}

/** Takes in the searches of the variants, in their order. */
export interface AnswerBuilder {
  /**
   * @param variant its place; in rising order
   * @param goalLayouts the one that the goal prefers to the fastest ones, if any: see `goalSearch`
   */
  add(variant: number, result: SearchResult, goalLayouts: readonly Layout[]): void;
  answer(): Answer;
}

/** Decides among variants as the searches of their layouts come in. */
export function answerBuilder(
  {variants, infeasible}: PlanVariants,
  options: AnswerOptions = {},
): AnswerBuilder {
  const {risk = 'p50', alternatives = 5, lossOf} = options;
  const evaluation: EvaluationOptions = {risk, lossOf};
  const seen: VariantOutcome[] = [];
  let winner: {readonly outcome: EvaluatedPlan; readonly others: readonly EvaluatedPlan[]} | null = null;
  let front: readonly EvaluatedPlan[] = [];
  let smallest: Answer['smallest'] = null;
  let optimal = true;
  const counts = {space: 0, evaluated: 0, excludedByMemory: 0, excludedByBound: 0};
  let rejected: readonly Rejection[] = [];
  let simulationCheck: SimulationCheck | null = null;
  return {
    add(index, result, goalLayouts) {
      const variant = variants[index];
      if (variant === undefined) throw new Error('there are no more designs than the plan opens');
      const outcomes = outcomesOf(variant, result, goalLayouts, evaluation);
      const [outcome = null] = outcomes.answers;
      seen.push({choices: variant.choices, outcome, counts: result.counts});
      for (const key of countNames) counts[key] += result.counts[key];
      optimal &&= result.optimal;
      rejected = mergeRejections(rejected, result.rejected);
      simulationCheck = joinChecks(simulationCheck, result.simulationCheck);
      front = paretoFront([...front, ...outcomes.answers, ...outcomes.front]);
      if (outcome !== null && (winner === null || compareByGoal(outcome, winner.outcome) < 0)) {
        winner = {outcome, others: outcomes.answers.slice(1)};
      }
      if (result.smallest !== null && nearer(result.smallest, smallest?.candidate)) {
        smallest = {variant, candidate: result.smallest};
      }
    },
    answer: () => ({
      best: winner?.outcome ?? null,
      alternatives: winner === null ? [] : runnersUp(winner.outcome, winner.others, seen, alternatives),
      pareto: front,
      variants: seen,
      infeasible,
      rejected,
      simulationCheck,
      counts,
      optimal: optimal && seen.length === variants.length,
      smallest: winner === null ? smallest : null,
      risk,
    }),
  };
}

const countNames = ['space', 'evaluated', 'excludedByMemory', 'excludedByBound'] as const;

interface VariantOutcomes {
  /** Best by the goal for each combination of degrees, best first. */
  readonly answers: readonly EvaluatedPlan[];
  readonly front: readonly EvaluatedPlan[];
}

function outcomesOf(
  variant: PlanVariant,
  result: SearchResult,
  goalLayouts: readonly Layout[],
  evaluation: EvaluationOptions,
): VariantOutcomes {
  if (result.best === null) return {answers: [], front: []};
  const front = result.pareto.map(candidate => evaluatePlan(variant, candidate, evaluation));
  const all = [result.best, ...result.alternatives].map(candidate =>
    evaluatePlan(variant, candidate, evaluation),
  );
  const wanted = goalLayouts.map(layout => {
    const estimate = estimateStep({...variant.plan, layout});
    return evaluatePlan(variant, {layout, estimate}, evaluation);
  });
  const bestByDegrees = new Map<string, EvaluatedPlan>();
  for (const outcome of [...all, ...front, ...wanted]) {
    const key = degreesKey(outcome.candidate.layout);
    const known = bestByDegrees.get(key);
    if (known === undefined || compareByGoal(outcome, known) < 0) bestByDegrees.set(key, outcome);
  }
  return {answers: [...bestByDegrees.values()].sort(compareByGoal), front: [...front, ...wanted]};
}

function runnersUp(
  best: EvaluatedPlan,
  bestByDegrees: readonly EvaluatedPlan[],
  variants: readonly VariantOutcome[],
  numAlternatives: number,
): readonly Alternative[] {
  const others = variants.flatMap(({outcome}) => (outcome === null || outcome === best ? [] : [outcome]));
  return [...bestByDegrees, ...others]
    .sort(compareByGoal)
    .slice(0, numAlternatives)
    .map(outcome => ({...outcome, lost: whyLost(best, outcome)}));
}

function joinChecks(a: SimulationCheck | null, b: SimulationCheck | null): SimulationCheck | null {
  if (a === null || b === null) return a ?? b;
  const further = Math.abs(b.largestDifference) > Math.abs(a.largestDifference) ? b : a;
  return {simulated: a.simulated + b.simulated, largestDifference: further.largestDifference};
}

function nearer(a: Candidate, b: Candidate | undefined): boolean {
  const share = ({estimate: {memory}}: Candidate) => memory.neededBytes / memory.capacityBytes;
  return b === undefined || share(a) < share(b);
}
