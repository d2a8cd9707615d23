import type {SoftwareStack} from '../../frameworks/stack.js';
import {groupBy} from '../statistics.js';
import type {CalibrationRun} from './calibration-runs.js';
import {type StackFact, withShifts} from './fact.js';
import {type FactFit, fitFacts, type Slopes} from './fit-facts.js';

/** A stack as a plan or a run names it, before any fit. */
export type PlacedStack = Pick<CalibrationRun, 'hardware' | 'software' | 'stack'>;

/**
 * Fits at three levels: all stacks, each stack on any machine, and each stack on each machine. A stack without
 * runs on a machine takes its facts from other machines, and a stack without any runs those that all stacks
 * share. Each fit is computed when it is first asked for.
 */
export interface Hierarchy {
  /** The stack fitted to its runs on any machine. */
  readonly onAnyMachine: (placed: PlacedStack) => SoftwareStack;
  /** The stack fitted to its runs on its machine, or where there are none, on any. */
  readonly onItsMachine: (placed: PlacedStack) => SoftwareStack;
  /** Fit to the runs on its machine; null where there are none. */
  readonly machineFit: (placed: Pick<PlacedStack, 'hardware' | 'software'>) => FactFit | null;
}

/** Spread of a fact between machines of one stack, over the spread of its prior. */
const machineConfidence = 0.7;

/**
 * Weight of the prior of all stacks, in stacks. The prior is known half as well as stacks are like each other,
 * and counts as a quarter of a stack: where several stacks were measured, a new one starts at their mean.
 */
const priorWeight = 0.25;

/** Most runs of one source that a fit uses, so that the largest source does not take an hour. */
const mostRuns = 300;

/** @param slopes of the runs, where they are known near the result */
export function fitHierarchy(
  facts: readonly StackFact[],
  runs: readonly CalibrationRun[],
  slopes?: Slopes,
): Hierarchy {
  const known = slopes && {slopes};
  const byMachine = groupBy(thinned(runs, mostRuns), machineKey);
  const alone = lazily(key => fitFacts(facts, byMachine.get(key) ?? [], known));
  const machinesOf = groupBy(
    [...byMachine.values()].map(own => own[0] as CalibrationRun),
    run => run.software,
  );
  const fitsOf = (software: string) => (machinesOf.get(software) ?? []).map(run => alone(machineKey(run)));
  const general = lazily(() => {
    const stacks = [...machinesOf.keys()].map(software => pooled(facts, fitsOf(software)));
    return shrunkMean(facts, stacks, {centre: facts.map(() => 0), weight: priorWeight});
  });
  const stackShifts = lazily(software =>
    shrunkMean(facts, fitsOf(software), {centre: general(''), weight: 1}),
  );
  const onAnyMachine = ({software, stack}: PlacedStack) => withShifts(stack, facts, stackShifts(software));
  const machines = lazily(key => {
    const own = byMachine.get(key) ?? [];
    if (own.length === 0) return null;
    const from = own.map(run => ({...run, stack: onAnyMachine(run)}));
    return fitFacts(facts, from, {confidence: machineConfidence, ...known});
  });
  return {
    onAnyMachine,
    onItsMachine: placed => {
      const fit = machines(machineKey(placed));
      const stack = onAnyMachine(placed);
      return fit === null ? stack : withShifts(stack, facts, fit.shifts);
    },
    machineFit: placed => machines(machineKey(placed)),
  };
}

function machineKey({hardware, software}: Pick<PlacedStack, 'hardware' | 'software'>): string {
  return `${hardware} ${software}`;
}

/** The fits of one stack as one, by how well each identifies each fact. */
function pooled(facts: readonly StackFact[], fits: readonly FactFit[]): FactFit {
  const weight = (k: number) => fits.reduce((sum, {identified}) => sum + (identified[k] as number), 0);
  return {
    shifts: facts.map((_, k) => weightedSum(fits, k) / Math.max(1e-9, weight(k))),
    identified: facts.map((_, k) => Math.min(1, weight(k))),
  };
}

/** What fits are drawn to, and as strongly as by how many fits that had found it. */
interface Anchor {
  readonly centre: readonly number[];
  readonly weight: number;
}

/**
 * What several fits have in common: their mean, each weighed by how well it identifies the fact, and
 * drawn to an anchor. With a weight of 1 a single fit passes on half of what it found.
 */
function shrunkMean(
  facts: readonly StackFact[],
  fits: readonly FactFit[],
  {centre, weight}: Anchor,
): readonly number[] {
  return facts.map((_, k) => {
    const identified = fits.reduce((sum, fit) => sum + (fit.identified[k] as number), 0);
    return (weight * (centre[k] as number) + weightedSum(fits, k)) / (weight + identified);
  });
}

function weightedSum(fits: readonly FactFit[], k: number): number {
  return fits.reduce(
    (sum, {shifts, identified}) => sum + (shifts[k] as number) * (identified[k] as number),
    0,
  );
}

/** Remembers what `compute` gives for each key. */
function lazily<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return key => {
    const value = known.has(key) ? (known.get(key) as Value) : compute(key);
    known.set(key, value);
    return value;
  };
}

/** At most `most` runs of each source, spread evenly over it. */
function thinned(runs: readonly CalibrationRun[], most: number): readonly CalibrationRun[] {
  return [...groupBy(runs, run => run.source).values()].flatMap(own =>
    own.length <= most
      ? own
      : Array.from({length: most}, (_, i) => own[Math.floor((i * own.length) / most)] as CalibrationRun),
  );
}
