import {completeLayout, takenDefaults} from '../../frameworks/complete-layout.js';
import type {DesignSpace} from '../../layout/design.js';
import {layoutFields} from '../../layout/fields.js';
import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import {estimateStep} from '../../pipeline/estimate.js';
import type {Problem} from '../../plan-file/problem.js';
import {readPlan} from '../../plan-file/read-plan.js';
import {locateProblem, type Source} from '../../plan-file/source.js';
import {makeSimulation, type Simulation} from '../../report/simulation.js';
import type {Answer} from '../../search/design/answer.js';
import {answerDesigns, withPossiblePins} from '../../search/design/search-designs.js';
import {pinProblems} from '../../search/pin-problems.js';
import type {SearchResult} from '../../search/search-result.js';

/** A plan whose file and pinned layout are right. */
export interface LoadedPlan {
  readonly plan: Plan;
  /** What the plan's search section opens beside the layout, as far as the pins allow. */
  readonly space: DesignSpace;
  readonly source: Source;
}

/** Reads a plan file and checks what it pins; all problems are told at once. */
export async function loadPlan(file: string): Promise<LoadedPlan | {readonly problems: readonly Problem[]}> {
  const read = await readPlan(file);
  if ('problems' in read) return read;
  const {plan, source} = read;
  const space = withPossiblePins(read.space);
  if (space.designs.length > 0) return {plan, space, source};
  const [first] = read.space.designs;
  return {problems: pinProblems(first?.plan ?? plan).map(problem => locateProblem(source, problem))};
}

export interface Solved {
  readonly simulation: Simulation;
  /** Keys of the layout that the plan leaves open and the search chose. */
  readonly chosen: readonly string[];
  /** Keys that it leaves open and that took their usual value. */
  readonly usual: readonly string[];
}

/** The layout that the plan states, or the best one of those that it leaves open; a failed search where none fits. */
export function solvePlan(plan: Plan): Solved | {readonly failed: SearchResult} {
  const stated = completeLayout(plan);
  if (stated !== null) {
    const estimate = estimateStep({...plan, layout: stated});
    if (estimate === null) throw new Error(`a checked plan has a device with ${plan.training.precision}`);
    return {simulation: makeSimulation(plan, stated, estimate), chosen: [], usual: openKeys(plan, stated)};
  }
  const answer = answerDesigns({designs: [{choices: {}, plan}], impossible: []});
  if (answer.best === null) return {failed: failedSearch(answer)};
  const {layout, estimate} = answer.best.candidate;
  return {simulation: makeSimulation(plan, layout, estimate), chosen: openKeys(plan, layout), usual: []};
}

/** An answer without a best as the search of one design: which layout comes nearest, and why others fell. */
export function failedSearch({rejected, counts, optimal, smallest}: Answer): SearchResult {
  return {
    best: null,
    alternatives: [],
    pareto: [],
    rejected,
    counts,
    optimal,
    certificate: null,
    smallest: smallest?.candidate ?? null,
  };
}

/** Fields that the plan leaves out and that have an effect, as `key value`. */
function openKeys(plan: Plan, layout: Layout): string[] {
  return takenDefaults(layout, plan).map(
    ({field, value}) => `${layoutFields[field].key} ${valueInWords(value)}`,
  );
}

function valueInWords(value: Layout[keyof Layout]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
