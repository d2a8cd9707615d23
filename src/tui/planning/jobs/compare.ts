import {dirname} from 'node:path';
import type {Plan} from '../../../plan/plan.js';
import {readHardware} from '../../../plan-file/library/library.js';
import {planOn} from '../../../plan-file/plan-on.js';
import {formatProblem} from '../../../plan-file/problem.js';
import {type ReadPlan, readPlan} from '../../../plan-file/read-plan.js';
import {goalLoss} from '../../../scaling/loss/plan-loss.js';
import {pinProblems} from '../../../search/pin-problems.js';
import {bestVariant} from '../../../search/variants/resolve-plan.js';
import {bestRow} from '../goal-search.js';
import type {ComparedItem} from '../job.js';
import type {ComparisonResult} from '../reply.js';

/** Plans each item in turn; every value holds the results so far. */
export async function* comparePlans(
  read: ReadPlan,
  items: readonly ComparedItem[],
): AsyncGenerator<readonly ComparisonResult[] | null> {
  const results: ComparisonResult[] = [];
  for (const item of items) {
    const plan = item.kind === 'plan' ? await planOfFile(item.name) : await planOnMachine(read, item.name);
    if ('reasons' in plan) results.push({item, row: null, reasons: plan.reasons});
    else {
      const row = yield* bestRow(plan);
      results.push({item, row, reasons: row === null ? ['no layout fits'] : []});
    }
    yield [...results];
  }
}

interface UnusablePlan {
  readonly reasons: readonly string[];
}

/** The plan on another machine. On its own machine it keeps what it states about the cluster. */
async function planOnMachine(read: ReadPlan, machine: string): Promise<Plan | UnusablePlan> {
  if (machine === read.plan.cluster.hardware) return {...read.plan, pins: {}};
  const found = await readHardware(machine, [dirname(read.source.path), '.']);
  if ('problems' in found) return {reasons: found.problems.map(({message}) => message)};
  const space = planOn(read, found.profile);
  if ('reasons' in space) return space;
  return bestVariant(space, goalLoss) ?? {reasons: space.infeasible.map(({reason}) => reason)};
}

/** The plan of another file as it stands, pins included. */
async function planOfFile(path: string): Promise<Plan | UnusablePlan> {
  const read = await readPlan(path);
  // The first problem is enough for a line of the comparison.
  if ('problems' in read) return {reasons: read.problems.slice(0, 1).map(formatProblem)};
  const plan = bestVariant(read.space, goalLoss);
  return plan ?? {reasons: pinProblems(read.plan).map(({message}) => message)};
}
