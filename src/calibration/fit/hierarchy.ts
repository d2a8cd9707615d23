import type {SoftwareStack} from '../../cluster/software-stack.js';
import {groupBy} from '../group-by.js';
import {type StackFact, withShifts} from './fact.js';
import {type FactFit, type FitOptions, fitFacts, type Slopes} from './fit-facts.js';
import type {TimedRun} from './timed-run.js';

/** A stack as a plan or a run names it, before any fit. */
export type PlacedStack = Pick<TimedRun, 'hardware' | 'software' | 'stack'>;

/**
 * What measured runs say of every stack, of each stack whatever it runs on, and of each stack on each
 * machine: each level moves the facts from where the one above has them. A stack that was never
 * fitted on a machine takes its facts from the machines where it was, and one never fitted at all
 * those that all stacks share. Each level is fitted when it is first asked for.
 */
export interface Hierarchy {
  /** The stack as runs on any machine have it. */
  readonly onAnyMachine: (placed: PlacedStack) => SoftwareStack;
  /** The stack as runs on its machine have it, or where there are none, on any. */
  readonly onItsMachine: (placed: PlacedStack) => SoftwareStack;
  /** What runs on its machine say of each fact; null where there are none. */
  readonly machineFit: (placed: Pick<PlacedStack, 'hardware' | 'software'>) => FactFit | null;
}

/** How much closer each level lies to the one above than facts lie to their priors. */
const stackConfidence = 0.7;
const machineConfidence = 0.6;

/** Runs of one source that a level looks at: the largest must not drown the others, nor take an hour. */
const mostForAll = 60;
const mostForOne = 300;

/** @param slopes of the runs, where they are known near the result */
export function fitHierarchy(
  facts: readonly StackFact[],
  runs: readonly TimedRun[],
  slopes?: Slopes,
): Hierarchy {
  const byStack = groupBy(runs, run => run.software);
  const byMachine = groupBy(runs, machineKey);
  const all = lazily(() => fitFacts(facts, thinned(runs, mostForAll), slopes && {slopes}));
  const general = ({stack}: PlacedStack) => withShifts(stack, facts, all('').shifts);
  const stacks = lazily(software =>
    fitLevel(facts, byStack.get(software) ?? [], general, {
      confidence: stackConfidence,
      ...(slopes && {slopes}),
    }),
  );
  const onAnyMachine = (placed: PlacedStack) => moved(facts, general(placed), stacks(placed.software));
  const machines = lazily(key =>
    fitLevel(facts, byMachine.get(key) ?? [], onAnyMachine, {
      confidence: machineConfidence,
      ...(slopes && {slopes}),
    }),
  );
  return {
    onAnyMachine,
    onItsMachine: placed => moved(facts, onAnyMachine(placed), machines(machineKey(placed))),
    machineFit: placed => machines(machineKey(placed)),
  };
}

function machineKey({hardware, software}: Pick<PlacedStack, 'hardware' | 'software'>): string {
  return `${hardware} ${software}`;
}

function fitLevel(
  facts: readonly StackFact[],
  runs: readonly TimedRun[],
  above: (run: PlacedStack) => SoftwareStack,
  options: FitOptions,
): FactFit | null {
  if (runs.length === 0) return null;
  const from = thinned(runs, mostForOne).map(run => ({...run, stack: above(run)}));
  return fitFacts(facts, from, options);
}

function moved(facts: readonly StackFact[], stack: SoftwareStack, fit: FactFit | null): SoftwareStack {
  return fit === null ? stack : withShifts(stack, facts, fit.shifts);
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
function thinned(runs: readonly TimedRun[], most: number): readonly TimedRun[] {
  return [...groupBy(runs, run => run.source).values()].flatMap(own =>
    own.length <= most
      ? own
      : Array.from({length: most}, (_, i) => own[Math.floor((i * own.length) / most)] as TimedRun),
  );
}
