import type {FittedTo, StackProfile} from '../../cluster/hardware-profile.js';
import {defaultFramework, isFramework, stackSpelt} from '../../frameworks/registry.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import {mergeFacts, type StatedFacts, wholeFacts} from '../../frameworks/stated-facts.js';
import {suggestion} from '../nearest-word.js';
import type {StackStatement} from '../schema/stack-schema.js';
import type {Finding} from '../source.js';
import {rowRanges} from './fitted-rows.js';
import {anyMachine, type FrameworkData, type Frameworks} from './framework-data.js';

export type StacksByName = Readonly<Record<string, StackStatement>>;

/** The stack that everything inherits from. */
const rootStack: string = defaultFramework;

/** Sources of the facts of a stack on one machine. */
export interface StackSources {
  readonly frameworks: Frameworks;
  /** Name of the machine. */
  readonly machine: string;
  /** Stacks in the machine's own file: facts of a framework on this machine, or a stack of its own. */
  readonly own: StacksByName;
}

export type ResolvedStacks =
  | {readonly software: Readonly<Record<string, StackProfile>>}
  | {readonly findings: readonly Finding[]};

/** Every stack that runs on a machine, each with the facts of those that it extends, from the root stack down. */
export function resolveStacks(sources: StackSources): ResolvedStacks {
  const software: Record<string, StackProfile> = {};
  const findings: Finding[] = [];
  for (const name of new Set([...Object.keys(sources.frameworks), ...Object.keys(sources.own)])) {
    const resolved = resolveStack(name, sources);
    if ('profile' in resolved) software[name] = resolved.profile;
    else findings.push(resolved.finding);
  }
  return findings.length > 0 ? {findings} : {software};
}

function resolveStack(
  name: string,
  sources: StackSources,
): {readonly profile: StackProfile} | {readonly finding: Finding} {
  const {frameworks, machine, own} = sources;
  const line = lineage(name, sources);
  if ('finding' in line) return line;
  const facts = merged(line.names.flatMap(ancestor => layersOf(ancestor, sources)));
  const whole = wholeFacts(mergeFacts(facts, unmeasured(line.names, sources)));
  if ('missing' in whole) {
    const key = whole.missing[0] ?? '';
    return {
      finding: finding([name, ...key.split('.')], 'is missing', `state it here or in the stack ${rootStack}`),
    };
  }
  const data = lookUp(frameworks, name);
  const here = lookUp(own, name) ?? (data && lookUp(data.machines, machine));
  return {
    profile: {
      stack: {
        name,
        framework: frameworkIn(line.names),
        release: null,
        isUnchecked: false,
        ...measuredBy(line.names, sources),
        ...whole.facts,
      },
      description: here?.description ?? data?.stated.description ?? null,
      fittedTo: lookUp(own, name)?.fittedTo ?? fittedTo(line.names, sources),
    },
  };
}

/** Facts of a stack by itself, from those that hold everywhere to those of the machine's own file. */
function layersOf(name: string, {frameworks, machine, own}: StackSources): StatedFacts[] {
  const data = lookUp(frameworks, name);
  const layers = [
    data?.stated.facts,
    fittedOn(anyMachine, name, frameworks),
    data && lookUp(data.machines, machine)?.facts,
    fittedOn(machine, name, frameworks),
    lookUp(own, name)?.facts,
  ];
  return layers.filter(layer => layer !== undefined);
}

function merged(layers: readonly StatedFacts[]): StatedFacts {
  return layers.reduce<StatedFacts>((under, over) => mergeFacts(under, over), {});
}

/** What a framework without runs of its own does not inherit: its bands are those of the root stack. */
function unmeasured(names: readonly string[], sources: StackSources): StatedFacts {
  const root = merged(layersOf(rootStack, sources));
  const taken = (['stepResidual', 'memoryResidual', 'measuredRange'] as const).flatMap(fact => {
    const states = (name: string) => layersOf(name, sources).some(layer => layer[fact] !== undefined);
    const nearest = names.findLast(name => states(name) || hasOwnFit(name, sources));
    return nearest === undefined || states(nearest) ? [] : [[fact, root[fact] ?? null]];
  });
  return Object.fromEntries(taken);
}

/** A framework whose runs are fitted by themselves, whether or not there are any. */
function hasOwnFit(name: string, {frameworks}: StackSources): boolean {
  return lookUp(frameworks, name)?.fittedWith === null;
}

/** The framework that a stack is built on: the nearest in its line that is one. */
function frameworkIn(names: readonly string[]): string {
  return names.findLast(isFramework) ?? rootStack;
}

function fittedOn(machine: string, name: string, frameworks: Frameworks): StatedFacts | undefined {
  const data = lookUp(frameworks, name);
  return data && lookUp(data.fitted, machine);
}

/** Runs on any machine have a range, and those on one machine constants of their own. */
function measuredBy(
  names: readonly string[],
  sources: StackSources,
): Pick<SoftwareStack, 'evidence' | 'measuredAs'> {
  const {frameworks, machine, own} = sources;
  const spans = (facts: StatedFacts | undefined) => facts?.measuredRange != null;
  const here = (name: string) =>
    spans(lookUp(own, name)?.facts) || fittedOn(machine, name, frameworks) !== undefined;
  const isMeasured = (name: string) => here(name) || spans(fittedOn(anyMachine, name, frameworks));
  const nearest = names.findLast(name => isMeasured(name) || hasOwnFit(name, sources));
  if (nearest === undefined || !isMeasured(nearest)) {
    return {evidence: 'none', measuredAs: names.findLast(isMeasured) ?? null};
  }
  return {evidence: here(nearest) ? 'machine' : 'other-machines', measuredAs: nearest};
}

/** Chain of stacks between the root and `name`, root first. */
function lineage(
  name: string,
  {frameworks, own}: StackSources,
): {readonly names: readonly string[]} | {readonly finding: Finding} {
  const names: string[] = [];
  for (let current: string = name; ; ) {
    names.unshift(current);
    const parent = lookUp(own, current)?.extends ?? lookUp(frameworks, current)?.stated.extends ?? null;
    if (parent === null && current === rootStack) return {names};
    const isKnown = (name: string) =>
      lookUp(frameworks, name) !== undefined || lookUp(own, name) !== undefined;
    const stated: string = parent ?? rootStack;
    const next = isKnown(stated) ? stated : (stackSpelt(stated) ?? stated);
    if (names.includes(next)) {
      return {
        finding: finding(
          [current, 'extends'],
          `${[next, ...names].join(' extends ')} goes round in a circle`,
          'break it',
        ),
      };
    }
    if (!isKnown(next)) {
      const known = [...new Set([...Object.keys(frameworks), ...Object.keys(own)])].filter(
        stack => stack !== current,
      );
      return {
        finding: finding([current, 'extends'], `unknown software stack "${next}"`, suggestion(next, known)),
      };
    }
    current = next;
  }
}

function lookUp<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Rows of the nearest stack that was fitted on the machine, else of the nearest that was fitted on any. */
function fittedTo(names: readonly string[], {frameworks, machine}: StackSources): FittedTo | null {
  const line = names.flatMap(name => lookUp(frameworks, name) ?? []);
  const here = line.findLast(data => lookUp(data.fitted, machine) !== undefined);
  if (here !== undefined) return rowsOf(here.rows.filter(fit => fit.machine === machine));
  const elsewhere = line.findLast(data => lookUp(data.fitted, anyMachine) !== undefined);
  return elsewhere === undefined ? null : rowsOf(elsewhere.rows);
}

function rowsOf(rows: FrameworkData['rows']): FittedTo {
  if (rows.length === 0) return {file: 'the runs of all frameworks', rows: []};
  const tables = [...new Set(rows.map(({table}) => table))];
  return {file: tables.join(', '), rows: rows.flatMap(fit => rowRanges(fit.rows))};
}

function finding(path: readonly string[], message: string, hint: string): Finding {
  return {path, at: 'value', message, hint};
}
