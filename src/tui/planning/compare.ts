import {dirname} from 'node:path';
import type {Plan} from '../../layout/plan.js';
import {readHardware} from '../../plan-file/library/library.js';
import {planOn} from '../../plan-file/plan-on.js';
import type {ReadPlan} from '../../plan-file/read-plan.js';
import type {ComparedMachine} from './answers.js';
import {bestRow} from './goal-search.js';

/** The plan on each machine in turn; every answer holds those that are done. */
export async function* comparedMachines(
  read: ReadPlan,
  machines: readonly string[],
): AsyncGenerator<readonly ComparedMachine[] | null> {
  const done: ComparedMachine[] = [];
  for (const machine of machines) {
    const plan = await planThere(read, machine);
    if ('reasons' in plan) done.push({machine, row: null, reasons: plan.reasons});
    else {
      const row = yield* bestRow(plan);
      done.push({machine, row, reasons: row === null ? ['no layout fits'] : []});
    }
    yield [...done];
  }
}

/** The plan's own machine keeps what the plan says of it. */
async function planThere(
  read: ReadPlan,
  machine: string,
): Promise<Plan | {readonly reasons: readonly string[]}> {
  if (machine === read.plan.cluster.hardware) return {...read.plan, pins: {}};
  const found = await readHardware(machine, [dirname(read.source.path), '.']);
  if ('problems' in found) return {reasons: found.problems.map(({message}) => message)};
  return planOn(read, found.profile);
}
