import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import type {LayoutProblem} from '../../layout/rule.js';
import type {Plan} from '../../plan/plan.js';
import type {PlanVariants} from '../../plan/variant.js';
import type {Problem} from '../../plan-file/problem.js';
import {readPlan} from '../../plan-file/read-plan.js';
import {locateProblem, type Source} from '../../plan-file/source.js';
import {makeSimulation, type Simulation} from '../../report/simulation.js';
import {goalLoss} from '../../scaling/loss/plan-loss.js';
import {pinProblems} from '../../search/pin-problems.js';
import type {Answer} from '../../search/variants/answer.js';
import {resolvePlan, statedProblems} from '../../search/variants/resolve-plan.js';
import {withPossiblePins} from '../../search/variants/search-variants.js';

/** A plan whose file and pinned layout are right. */
export interface LoadedPlan {
  readonly plan: Plan;
  /** What the plan's search section opens besides the layout, as far as the pins allow. */
  readonly space: PlanVariants;
  readonly source: Source;
  /** The profile as its file has it. */
  readonly hardware: HardwareProfile;
}

/** Reads a plan file and checks what it pins; all problems are reported at once. */
export async function loadPlan(file: string): Promise<LoadedPlan | {readonly problems: readonly Problem[]}> {
  const read = await readPlan(file);
  if ('problems' in read) return read;
  const {plan, source, hardware} = read;
  const space = withPossiblePins(read.space);
  if (space.variants.length > 0) return {plan, space, source, hardware};
  const [first] = read.space.variants;
  return {problems: pinProblems(first?.plan ?? plan).map(problem => locateProblem(source, problem))};
}

/** The answer of every command to one plan. */
export type PlanSolution =
  | {readonly simulation: Simulation}
  | {readonly problems: readonly LayoutProblem[]}
  | {readonly failed: Answer};

/** The layout that a plan states, or the best one of those that it leaves open; a failed search where none fits. */
export function solveSpace(space: PlanVariants): PlanSolution {
  const resolution = resolvePlan(space, goalLoss);
  if (!('layout' in resolution)) return resolution;
  const {plan, layout, estimate, ...answered} = resolution;
  return {simulation: makeSimulation(plan, layout, estimate, answered)};
}

/** The same of a plan file, with its problems at their places. */
export function solvePlan(
  loaded: LoadedPlan,
): Exclude<PlanSolution, {problems: unknown}> | {readonly problems: readonly Problem[]} {
  const solution = solveSpace(loaded.space);
  return 'problems' in solution
    ? {problems: solution.problems.map(problem => locateProblem(loaded.source, problem))}
    : solution;
}

/** What keeps the layout that a plan states from running; empty for a plan that leaves its layout open. */
export function solutionProblems({space, source}: LoadedPlan): readonly Problem[] {
  return statedProblems(space).map(problem => locateProblem(source, problem));
}
