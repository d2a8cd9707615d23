import type * as z from 'zod';
import {nearestWord, suggestion} from '../nearest-word.js';
import {formatPath, type PathSegment} from '../problem.js';
import {kindOf} from '../quantity/describe-value.js';
import type {Finding} from '../source.js';

type Issue = z.core.$ZodIssue;

/** What zod found, in the words of the plan file: one finding for each mistake. */
export function describeIssues(issues: readonly Issue[], base: readonly PathSegment[] = []): Finding[] {
  const findings = issues.flatMap(issue => describeIssue(issue, [...base, ...issue.path.map(segment)]));
  const misspelt = new Set(findings.flatMap(({meant}) => (meant === undefined ? [] : [formatPath(meant)])));
  return findings.filter(({path, message}) => message !== missing || !misspelt.has(formatPath(path)));
}

/** Message of an absent key. It is dropped if a misspelt key is present. */
const missing = 'is missing';

interface Described extends Finding {
  /** Path of the key that an unknown one was taken for. */
  readonly meant?: readonly PathSegment[];
}

function describeIssue(issue: Issue, path: PathSegment[]): Described[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownKey(key, issue.message.split(' '), path));
    case 'invalid_union':
      return describeUnion(issue, path);
    case 'invalid_value':
      return [wrongWord(issue, path)];
    case 'invalid_type':
      return [at(path, wrongType(issue.input, wanted(issue)), `write ${wanted(issue)}`)];
    case 'too_small':
      return [at(path, 'is empty', issue.origin === 'array' ? 'list at least one' : 'write a name')];
    case 'custom':
      return [at(path, issue.message, hintOf(issue.params))];
    default:
      return [at(path, issue.message, '')];
  }
}

/** `fields` makes the known keys the message. */
function unknownKey(key: string, known: readonly string[], path: PathSegment[]): Described {
  const nearest = nearestWord(key, known);
  const meant = nearest === null ? {} : {meant: [...path, nearest]};
  return {path: [...path, key], at: 'key', message: 'unknown key', hint: suggestion(key, known), ...meant};
}

/**
 * The branch of a union that the user meant: the one whose mistakes are deeper than its own type, and fewest.
 * If no branch fits the type, the types of all branches are named.
 */
function describeUnion(issue: Extract<Issue, {code: 'invalid_union'}>, path: PathSegment[]): Described[] {
  const ranked = issue.errors.map(branch => ({branch, rank: Math.max(0, ...branch.map(rankOf))}));
  const isMeant = (a: (typeof ranked)[number], b: (typeof ranked)[number]) =>
    b.rank > a.rank || (b.rank === a.rank && b.branch.length < a.branch.length);
  const best = ranked.reduce((a, b) => (isMeant(a, b) ? b : a));
  if (best.rank > 0) return describeIssues(best.branch, path);
  const choices = [...new Set(issue.errors.flatMap(branch => branch.slice(0, 1).map(wanted)))].join(' or ');
  return [at(path, wrongType(issue.input, choices), `write ${choices}`)];
}

function rankOf(issue: Issue): number {
  if (issue.path.length > 0 || issue.code === 'unrecognized_keys') return 3;
  if (issue.code === 'custom' || issue.code === 'too_small') return 2;
  return issue.code === 'invalid_value' && typeof issue.input === 'string' ? 1 : 0;
}

function wrongWord(issue: Extract<Issue, {code: 'invalid_value'}>, path: PathSegment[]): Finding {
  const known = issue.values.map(String);
  if (issue.input === undefined) return at(path, missing, `write ${known.join(' or ')}`);
  return at(path, `unknown value ${kindOf(issue.input)}`, suggestion(String(issue.input), known));
}

function wanted(issue: Issue): string {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ');
  if (issue.code !== 'invalid_type') return 'another value';
  const words: Readonly<Record<string, string>> = {
    object: 'a map',
    record: 'a map',
    array: 'a list',
    tuple: 'a list',
    string: 'a text',
    boolean: 'true or false',
  };
  return words[issue.expected] ?? issue.expected;
}

function wrongType(input: unknown, expected: string): string {
  if (input === undefined) return missing;
  if (input === null) return 'has no value';
  return `${expected} is wanted, not ${kindOf(input)}`;
}

function at(path: PathSegment[], message: string, hint: string): Finding {
  return {path, at: 'value', message, hint};
}

function segment(key: PropertyKey): PathSegment {
  return typeof key === 'number' ? key : String(key);
}

function hintOf(params: Readonly<Record<string, unknown>> | undefined): string {
  return typeof params?.hint === 'string' ? params.hint : '';
}
