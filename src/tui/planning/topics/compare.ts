import {dirname} from 'node:path';
import type {Plan} from '../../../layout/plan.js';
import {readHardware} from '../../../plan-file/library/library.js';
import {planOn} from '../../../plan-file/plan-on.js';
import {formatProblem, type Problem} from '../../../plan-file/problem.js';
import {type ReadPlan, readPlan} from '../../../plan-file/read-plan.js';
import {pinProblems} from '../../../search/pin-problems.js';
import type {Comparand, Compared} from '../answers.js';
import {bestRow} from '../goal-search.js';

/** The plan on each machine, and each other plan, in turn; every answer holds those that are done. */
export async function* comparedPlans(
  read: ReadPlan,
  comparands: readonly Comparand[],
): AsyncGenerator<readonly Compared[] | null> {
  const done: Compared[] = [];
  for (const comparand of comparands) {
    const plan =
      comparand.kind === 'plan' ? await planIn(comparand.name) : await planThere(read, comparand.name);
    if ('reasons' in plan) done.push({comparand, row: null, reasons: plan.reasons});
    else {
      const row = yield* bestRow(plan);
      done.push({comparand, row, reasons: row === null ? ['no layout fits'] : []});
    }
    yield [...done];
  }
}

interface Refused {
  readonly reasons: readonly string[];
}

/** The plan's own machine keeps what the plan says of it. */
async function planThere(read: ReadPlan, machine: string): Promise<Plan | Refused> {
  if (machine === read.plan.cluster.hardware) return {...read.plan, pins: {}};
  const found = await readHardware(machine, [dirname(read.source.path), '.']);
  if ('problems' in found) return {reasons: found.problems.map(({message}) => message)};
  return planOn(read, found.profile);
}

/** As it stands, with what it pins. */
async function planIn(path: string): Promise<Plan | Refused> {
  const read = await readPlan(path);
  if ('problems' in read) return {reasons: inWords(read.problems)};
  const problems = pinProblems(read.plan);
  return problems.length > 0 ? {reasons: problems.map(({message}) => message)} : read.plan;
}

/** The first says enough for a line. */
function inWords(problems: readonly Problem[]): string[] {
  return problems.slice(0, 1).map(formatProblem);
}
