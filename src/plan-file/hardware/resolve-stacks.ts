import type {FittedTo, StackProfile} from '../../cluster/hardware-profile.js';
import type {Evidence} from '../../cluster/software-stack.js';
import {suggestion} from '../nearest-word.js';
import type {StackFields} from '../schema/stack-schema.js';
import type {Finding} from '../source.js';
import {makeStack, mergeStacks} from './make-stack.js';

export type StacksByName = Readonly<Record<string, StackFields>>;

/** The stack that everything inherits from. */
export const rootStack = 'generic';

export type ResolvedStacks =
  | {readonly software: Readonly<Record<string, StackProfile>>}
  | {readonly findings: readonly Finding[]};

/**
 * Every stack that runs on a machine: those of all machines (`shared`), each refined by what the
 * machine's own file says of the stack of that name (`own`), from `generic` down its line of `extends`.
 * What was `fitted` to runs of a stack on any machine holds for it and for stacks that extend it without
 * a fit of their own, under what its machine says.
 */
export function resolveStacks(
  shared: StacksByName,
  own: StacksByName,
  fitted: StacksByName = {},
): ResolvedStacks {
  const software: Record<string, StackProfile> = {};
  const findings: Finding[] = [];
  for (const name of new Set([...Object.keys(shared), ...Object.keys(own)])) {
    const resolved = resolveStack(name, shared, own, fitted);
    if ('profile' in resolved) software[name] = resolved.profile;
    else findings.push(resolved.finding);
  }
  return findings.length > 0 ? {findings} : {software};
}

function resolveStack(
  name: string,
  shared: StacksByName,
  own: StacksByName,
  fitted: StacksByName,
): {profile: StackProfile} | {finding: Finding} {
  const line = lineage(name, shared, own);
  if ('finding' in line) return line;
  // Nearer than the facts of all machines that they were fitted over, and than what its ancestors are here.
  const source = line.names.findLast(ancestor => lookUp(fitted, ancestor) !== undefined);
  const merged = line.names
    .flatMap(ancestor => [
      lookUp(shared, ancestor),
      ancestor === source ? lookUp(fitted, ancestor) : undefined,
      lookUp(own, ancestor),
    ])
    .reduce<StackFields>((under, over) => (over === undefined ? under : mergeStacks(under, over)), {});
  const made = makeStack(name, merged, null, evidenceOf(line.names, own, lookUp(fitted, source ?? '')));
  if ('missing' in made) {
    const key = made.missing[0] ?? '';
    return {
      finding: finding([name, ...key.split('.')], 'is missing', `state it here or in the stack ${rootStack}`),
    };
  }
  const facts = lookUp(own, name) ?? lookUp(shared, name);
  return {
    profile: {
      stack: made.stack,
      description: facts?.description ?? lookUp(shared, name)?.description ?? null,
      fittedTo: readFit(facts?.fitted_to ?? lookUp(fitted, name)?.fitted_to),
    },
  };
}

/** Constants that were fitted say what the runs spanned. */
function evidenceOf(names: readonly string[], own: StacksByName, fitted: StackFields | undefined): Evidence {
  if (names.some(ancestor => lookUp(own, ancestor)?.measured_range !== undefined)) return 'machine';
  return fitted?.measured_range === undefined ? 'none' : 'other-machines';
}

/** From the root stack down to `name`. */
function lineage(
  name: string,
  shared: StacksByName,
  own: StacksByName,
): {names: string[]} | {finding: Finding} {
  const names: string[] = [];
  for (let current: string = name; ; ) {
    names.unshift(current);
    const parent = lookUp(own, current)?.extends ?? lookUp(shared, current)?.extends;
    if (parent === undefined && current === rootStack) return {names};
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
    if (lookUp(shared, next) === undefined && lookUp(own, next) === undefined) {
      const known = [...new Set([...Object.keys(shared), ...Object.keys(own)])].filter(
        stack => stack !== current,
      );
      return {
        finding: finding([current, 'extends'], `unknown software stack "${next}"`, suggestion(next, known)),
      };
    }
    current = next;
  }
}

function lookUp(stacks: StacksByName, name: string): StackFields | undefined {
  return Object.hasOwn(stacks, name) ? stacks[name] : undefined;
}

function readFit(fit: StackFields['fitted_to']): FittedTo | null {
  if (fit === undefined) return null;
  if (typeof fit === 'string') return {file: fit, rows: []};
  return {file: fit.file, rows: (fit.rows ?? []).map(String)};
}

function finding(path: readonly string[], message: string, hint: string): Finding {
  return {path, at: 'value', message, hint};
}
