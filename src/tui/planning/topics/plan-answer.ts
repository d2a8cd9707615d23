import type {Plan} from '../../../layout/plan.js';
import type {Problem} from '../../../plan-file/problem.js';
import type {ReadPlan} from '../../../plan-file/read-plan.js';
import {locateProblem} from '../../../plan-file/source.js';
import {neighbours} from '../../../search/neighbours.js';
import {pinProblems} from '../../../search/pin-problems.js';
import {remedies} from '../../../search/remedies.js';
import {startSearch} from '../../../search/search.js';
import type {Candidate, SearchResult} from '../../../search/search-result.js';
import type {NoFit, PlanAnswer} from '../answers.js';
import {bestRow, goalSearch} from '../goal-search.js';
import {rowOf} from '../row-of.js';

/** Layouts of a table besides the best one. */
const alternatives = 14;
/** A search that takes longer shows what it has so far. */
const patienceMilliseconds = 150;

type Answers = AsyncGenerator<PlanAnswer | {readonly problems: readonly Problem[]} | null>;

/** Answers a plan step by step: the search as it goes, then what is said about its answer. */
export async function* planAnswers({plan, source, hardware}: ReadPlan): Answers {
  const problems = pinProblems(plan).map(problem => locateProblem(source, problem));
  if (problems.length > 0) {
    yield {problems};
    return;
  }
  const frame: Frame = {
    plan,
    stacks: Object.keys(hardware.software),
    precisions: Object.keys(plan.cluster.accelerator.peak),
    free: null,
    neighbours: null,
  };
  const search = startSearch(plan, {alternatives});
  if (search === null) throw new Error(`a checked plan has a device with ${plan.training.precision}`);
  let told = performance.now();
  const steps = goalSearch(plan, search, alternatives);
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      yield* explained(plan, answerOf(plan, frame, step.value));
      return;
    }
    const {best, done, total} = step.value;
    if (best === null || performance.now() - told < patienceMilliseconds) yield null;
    else {
      yield {...answerOf(plan, frame, foundSoFar(best)), progress: Math.min(done / total, almostDone)};
      told = performance.now();
    }
  }
}

/** Progress of a search that is done, but for what the goal prefers. */
const almostDone = 0.99;

type Frame = Omit<PlanAnswer, 'rows' | 'noFit' | 'counts' | 'certified' | 'progress'>;
type Found = Pick<SearchResult, 'best' | 'alternatives' | 'counts' | 'optimal' | 'smallest'>;

function foundSoFar(best: Candidate): Found {
  const counts = {space: 0, evaluated: 0, excludedByMemory: 0, excludedByBound: 0};
  return {best, alternatives: [], counts, optimal: false, smallest: null};
}

function answerOf(plan: Plan, frame: Frame, found: Found): PlanAnswer {
  const {best, alternatives: others, counts, optimal, smallest} = found;
  return {
    ...frame,
    rows: (best === null ? [] : [best, ...others]).map(candidate => rowOf(plan, candidate)),
    noFit:
      best === null ? {smallest: smallest === null ? null : rowOf(plan, smallest), remedies: null} : null,
    counts,
    certified: optimal,
    progress: 1,
  };
}

/** The answer again, each time with one more thing said about it. */
async function* explained(plan: Plan, found: PlanAnswer): AsyncGenerator<PlanAnswer | null> {
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
