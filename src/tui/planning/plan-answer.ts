import type {Plan} from '../../layout/plan.js';
import {countParameters} from '../../model/parameters.js';
import type {Problem} from '../../plan-file/problem.js';
import type {ReadPlan} from '../../plan-file/read-plan.js';
import {locateProblem} from '../../plan-file/source.js';
import {makeSimulation, type Simulation} from '../../report/simulation.js';
import {lossBand, lossOf} from '../../scaling/loss/loss-law.js';
import {lawOfPlan} from '../../scaling/loss/plan-law.js';
import {neighbours} from '../../search/neighbours.js';
import {pinProblems} from '../../search/pin-problems.js';
import {remedies} from '../../search/remedies.js';
import {type Candidate, type SearchResult, searchLayouts} from '../../search/search.js';
import type {NoFit, PlanAnswer} from './answers.js';

/** Layouts of a table besides the best one. */
const alternatives = 14;

/** Answers a plan step by step: the search as it goes, then what is said about its answer. */
export async function* planAnswers(
  read: ReadPlan,
): AsyncGenerator<PlanAnswer | {readonly problems: readonly Problem[]} | null> {
  const {plan, source, hardware} = read;
  const problems = pinProblems(plan).map(problem => locateProblem(source, problem));
  if (problems.length > 0) {
    yield {problems};
    return;
  }
  const frame = {
    plan,
    stacks: Object.keys(hardware.software),
    precisions: Object.keys(plan.cluster.accelerator.peak),
    loss: await lossOfPlan(plan),
    freeSeconds: null,
    neighbours: null,
  };
  const result = searchLayouts(plan, {alternatives});
  if (result === null) throw new Error(`a checked plan has a device with ${plan.training.precision}`);
  yield* explained(plan, answerOf(plan, frame, result));
}

type Frame = Omit<PlanAnswer, 'rows' | 'noFit' | 'counts' | 'certified' | 'progress'>;

function answerOf(plan: Plan, frame: Frame, result: SearchResult): PlanAnswer {
  const rows = result.best === null ? [] : [result.best, ...result.alternatives];
  const simulate = ({layout, estimate}: Candidate): Simulation => makeSimulation(plan, layout, estimate);
  return {
    ...frame,
    rows: rows.map(simulate),
    noFit:
      result.best === null
        ? {smallest: result.smallest === null ? null : simulate(result.smallest), remedies: null}
        : null,
    counts: result.counts,
    certified: result.optimal,
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
  const free = searchLayouts({...plan, pins: {}}, {alternatives: 0});
  yield {...near, freeSeconds: free?.best?.estimate.seconds ?? null};
}

async function lossOfPlan(plan: Plan): Promise<PlanAnswer['loss']> {
  const law = await lawOfPlan(plan.loss);
  const count = countParameters(plan.model);
  const inputs = {
    parameters: count.total,
    tokens: plan.training.tokens,
    ...(plan.diloco === null ? {} : {replicas: plan.diloco.replicas}),
  };
  const value = lossOf(law, inputs);
  return Number.isFinite(value) ? {value, band: lossBand(law, inputs)} : null;
}
