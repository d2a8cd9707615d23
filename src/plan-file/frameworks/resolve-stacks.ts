import type {FittedTo, StackProfile} from '../../cluster/hardware-profile.js';
import {frameworkMeant} from '../../frameworks/registry.js';
import type {Evidence} from '../../frameworks/stack.js';
import {mergeFacts, type StatedFacts, wholeFacts} from '../../frameworks/stated-facts.js';
import {suggestion} from '../nearest-word.js';
import type {StackStatement} from '../schema/stack-schema.js';
import type {Finding} from '../source.js';
import {expandRows} from './fitted-rows.js';
import {anyMachine, type FrameworkData, type Frameworks} from './framework-data.js';

export type StacksByName = Readonly<Record<string, StackStatement>>;

/** The stack that everything inherits from. */
const rootStack = 'generic';

/** Where the facts of a stack on one machine stand. */
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

/** Every stack that runs on a machine, each with the facts of those that it extends, from `generic` down. */
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
  // Constants of any machine hold for stacks that extend theirs without a fit of their own.
  const fittedAs = line.names.findLast(ancestor => fittedOn(anyMachine, ancestor, frameworks) !== undefined);
  const facts = line.names
    .flatMap(ancestor => {
      const data = lookUp(frameworks, ancestor);
      return [
        data?.stated.facts,
        ancestor === fittedAs ? fittedOn(anyMachine, ancestor, frameworks) : undefined,
        data && lookUp(data.machines, machine)?.facts,
        fittedOn(machine, ancestor, frameworks),
        lookUp(own, ancestor)?.facts,
      ];
    })
    .reduce<StatedFacts>((under, over) => (over === undefined ? under : mergeFacts(under, over)), {});
  const whole = wholeFacts(facts);
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
        evidence: evidenceOf(line.names, fittedAs, sources),
        ...whole.facts,
      },
      description: here?.description ?? data?.stated.description ?? null,
      fittedTo: lookUp(own, name)?.fittedTo ?? (data === undefined ? null : rowsOf(data, machine)),
    },
  };
}

/** The framework that a stack is built on: the nearest in its line that is one. */
function frameworkIn(names: readonly string[]): string {
  const meant = names.map(name => frameworkMeant(name)).findLast(framework => framework !== null);
  return meant?.name ?? rootStack;
}

function fittedOn(machine: string, name: string, frameworks: Frameworks): StatedFacts | undefined {
  const data = lookUp(frameworks, name);
  return data && lookUp(data.fitted, machine);
}

/** Constants that were fitted state what the runs spanned. */
function evidenceOf(
  names: readonly string[],
  fittedAs: string | undefined,
  {frameworks, machine, own}: StackSources,
): Evidence {
  const isMeasured = (facts: StatedFacts | undefined) => facts?.measuredRange != null;
  if (
    names.some(
      name => isMeasured(lookUp(own, name)?.facts) || isMeasured(fittedOn(machine, name, frameworks)),
    )
  )
    return 'machine';
  return isMeasured(fittedOn(anyMachine, fittedAs ?? '', frameworks)) ? 'other-machines' : 'none';
}

/** From the root stack down to `name`. */
function lineage(
  name: string,
  {frameworks, own}: StackSources,
): {readonly names: readonly string[]} | {readonly finding: Finding} {
  const names: string[] = [];
  for (let current: string = name; ; ) {
    names.unshift(current);
    const parent = lookUp(own, current)?.extends ?? lookUp(frameworks, current)?.stated.extends ?? null;
    if (parent === null && current === rootStack) return {names};
    const next: string = parent ?? rootStack;
    if (names.includes(next)) {
      return {
        finding: finding(
          [current, 'extends'],
          `${[next, ...names].join(' extends ')} goes round in a circle`,
          'break it',
        ),
      };
    }
    if (lookUp(frameworks, next) === undefined && lookUp(own, next) === undefined) {
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

/** Rows of the machine, else those of all machines. */
function rowsOf({rows, fitted}: FrameworkData, machine: string): FittedTo | null {
  if (lookUp(fitted, anyMachine) === undefined) return null;
  const onMachine = rows.filter(fit => fit.machine === machine);
  const taken = onMachine.length > 0 ? onMachine : rows;
  if (taken.length === 0) return {file: 'the runs of all frameworks', rows: []};
  const tables = [...new Set(taken.map(({table}) => table))];
  return {file: tables.join(', '), rows: taken.flatMap(fit => expandRows(fit.rows))};
}

function finding(path: readonly string[], message: string, hint: string): Finding {
  return {path, at: 'value', message, hint};
}
