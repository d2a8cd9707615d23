import type {Plan} from '../../../plan/plan.js';
import type {ReadPlan} from '../../../plan-file/read-plan.js';
import {locateProblem} from '../../../plan-file/source.js';
import {goalLoss} from '../../../scaling/loss/plan-loss.js';
import {neighbours} from '../../../search/neighbours.js';
import {pinProblems} from '../../../search/pin-problems.js';
import {remedies} from '../../../search/remedies.js';
import {startSearch} from '../../../search/search.js';
import type {Candidate, SearchResult} from '../../../search/search-result.js';
import {bestVariant} from '../../../search/variants/resolve-plan.js';
import {bestRow, goalSearchSteps} from '../goal-search.js';
import type {NoFit, PlanAnswer, PlanReply} from '../reply.js';
import {rowOf} from '../row-of.js';

/** Rows of the table after the best layout. */
const numAlternatives = 14;
/** Time between two answers of a search that is not done. */
const updateMilliseconds = 150;

/** Answers a plan: the search in progress, its result, then the result with explanations. */
export async function* planAnswers(read: ReadPlan): AsyncGenerator<PlanReply['answer'] | null> {
  const {source} = read;
  const plan = bestVariant(read.space, goalLoss);
  if (plan === null) {
    yield {problems: pinProblems(read.plan).map(problem => locateProblem(source, problem))};
    return;
  }
  const context = contextOf({...read, plan});
  const search = startSearch(plan, {alternatives: numAlternatives});
  let lastUpdate = performance.now();
  const steps = goalSearchSteps(plan, search, numAlternatives);
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      yield* explainedAnswers(plan, answerOf(plan, context, step.value));
      return;
    }
    const {best, done, total} = step.value;
    if (best === null || performance.now() - lastUpdate < updateMilliseconds) yield null;
    else {
      const progress = Math.min(done / total, mostProgress);
      yield {...answerOf(plan, context, resultSoFar(best)), progress};
      lastUpdate = performance.now();
    }
  }
}

/** Progress of a search that is done while the goal still ranks its layouts. */
const mostProgress = 0.99;

/** Parts of an answer that are known before the search. */
type PlanContext = Omit<PlanAnswer, 'rows' | 'noFit' | 'counts' | 'optimal' | 'progress'>;

function contextOf({plan, hardware}: ReadPlan): PlanContext {
  return {
    plan,
    stacks: Object.keys(hardware.software),
    precisions: Object.keys(plan.cluster.accelerator.peak),
    free: null,
    neighbours: null,
  };
}

type FoundLayouts = Pick<SearchResult, 'best' | 'alternatives' | 'counts' | 'optimal' | 'smallest'>;

function resultSoFar(best: Candidate): FoundLayouts {
  const counts = {space: 0, evaluated: 0, excludedByMemory: 0, excludedByBound: 0};
  return {best, alternatives: [], counts, optimal: false, smallest: null};
}

function answerOf(plan: Plan, context: PlanContext, found: FoundLayouts): PlanAnswer {
  const {best, alternatives, counts, optimal, smallest} = found;
  return {
    ...context,
    rows: (best === null ? [] : [best, ...alternatives]).map(candidate => rowOf(plan, candidate)),
    noFit:
      best === null ? {smallest: smallest === null ? null : rowOf(plan, smallest), remedies: null} : null,
    counts,
    optimal,
    progress: 1,
  };
}

/** The answer, then the answer with one more explanation each time. */
async function* explainedAnswers(plan: Plan, found: PlanAnswer): AsyncGenerator<PlanAnswer | null> {
  yield found;
  const best = found.rows[0];
  if (best === undefined) {
    const noFit: NoFit = {
      smallest: found.noFit?.smallest ?? null,
      remedies: remedies(plan).map(({change}) => change),
    };
    yield {...found, noFit};
    return;
  }
  const near = {...found, neighbours: neighbours(plan, best.layout)};
  yield near;
  if (Object.keys(plan.pins).length === 0) return;
  const free = yield* bestRow({...plan, pins: {}});
  yield {...near, free};
}
