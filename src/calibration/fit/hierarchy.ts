import type {SoftwareStack} from '../../cluster/software-stack.js';
import {type StackFact, withShifts} from './fact.js';
import {type FactFit, fitFacts} from './fit-facts.js';
import {groupRuns, type TimedRun} from './timed-run.js';

/**
 * What measured runs say of every stack, of each stack whatever it runs on, and of each stack on each
 * machine: each level moves the facts from where the one above has them. A stack that was never
 * fitted on a machine takes its facts from the machines where it was, and one never fitted at all
 * those that all stacks share.
 */
export interface Hierarchy {
  readonly all: FactFit;
  readonly stacks: ReadonlyMap<string, FactFit>;
  /** By `machineKey`. */
  readonly machines: ReadonlyMap<string, FactFit>;
}

type Placed = Pick<TimedRun, 'hardware' | 'software'>;

/** A stack on a machine. */
export function machineKey({hardware, software}: Placed): string {
  return `${hardware} ${software}`;
}

/** How much closer each level lies to the one above than facts lie to their priors. */
const stackConfidence = 0.7;
const machineConfidence = 0.6;

/** Runs of one source that the upper levels look at: the largest must not drown the others. */
const mostForAll = 60;
const mostForStack = 300;

/** Fits all levels, from the top. */
export function fitHierarchy(facts: readonly StackFact[], runs: readonly TimedRun[]): Hierarchy {
  const all = fitFacts(facts, thinned(runs, mostForAll));
  const stacks = new Map<string, FactFit>();
  for (const [software, own] of groupRuns(runs, run => run.software)) {
    const from = own.map(run => ({...run, stack: withShifts(run.stack, facts, all.shifts)}));
    stacks.set(software, fitFacts(facts, thinned(from, mostForStack), stackConfidence));
  }
  const machines = new Map<string, FactFit>();
  for (const [key, own] of groupRuns(runs, machineKey)) {
    const from = own.map(run => ({...run, stack: stackLevel(facts, {all, stacks}, run)}));
    machines.set(key, fitFacts(facts, from, machineConfidence));
  }
  return {all, stacks, machines};
}

/** The stack of `run` as runs on any machine have it. */
export function stackLevel(
  facts: readonly StackFact[],
  {all, stacks}: Pick<Hierarchy, 'all' | 'stacks'>,
  {software, stack}: Pick<TimedRun, 'software' | 'stack'>,
): SoftwareStack {
  const general = withShifts(stack, facts, all.shifts);
  const own = stacks.get(software);
  return own === undefined ? general : withShifts(general, facts, own.shifts);
}

/** The stack of `run` as the nearest level knows it. */
export function machineLevel(
  facts: readonly StackFact[],
  hierarchy: Hierarchy,
  run: Placed & Pick<TimedRun, 'stack'>,
): SoftwareStack {
  const stack = stackLevel(facts, hierarchy, run);
  const own = hierarchy.machines.get(machineKey(run));
  return own === undefined ? stack : withShifts(stack, facts, own.shifts);
}

/** At most `most` runs of each source, spread evenly over it. */
function thinned(runs: readonly TimedRun[], most: number): readonly TimedRun[] {
  return [...groupRuns(runs, run => run.source).values()].flatMap(own =>
    own.length <= most
      ? own
      : Array.from({length: most}, (_, i) => own[Math.floor((i * own.length) / most)] as TimedRun),
  );
}
