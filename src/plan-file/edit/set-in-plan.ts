import {isDeepStrictEqual} from 'node:util';
import {isCollection, isMap, type Pair, parseDocument, stringify, type YAMLMap} from 'yaml';
import {formatPath} from '../problem.js';
import type {Fault} from '../quantity/parse-quantity.js';
import {keyOf} from '../source.js';
import {contentEnd, endOf, indentOf, isEmpty, lineEnd, rangeOf} from './node-span.js';

/** What a plan can hold at a path: a word, a number, or a list or map of them. */
export type PlanValue =
  | string
  | number
  | boolean
  | readonly PlanValue[]
  | {readonly [key: string]: PlanValue};

/**
 * The text of a plan with one value changed or added, and every other byte as it was.
 *
 * The source is spliced at the ranges of its nodes, since printing would normalise spaces, quotes and line
 * breaks. The result is read again: if anything but the value at `path` changed (an anchor that other values
 * share), nothing is written.
 */
export function setInPlan(
  text: string,
  path: readonly string[],
  value: PlanValue,
): {readonly text: string} | Fault {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) {
    return {message: 'is not a YAML map', hint: 'mend the file first'};
  }
  const edited = splice(
    {text, path, value, newline: text.includes('\r\n') ? '\r\n' : '\n'},
    document.contents,
  );
  if (typeof edited !== 'string') return edited;
  const expected = withValue(document.toJS(), path, JSON.parse(JSON.stringify(value)));
  const reread = parseDocument(edited);
  if (reread.errors.length > 0 || !isDeepStrictEqual(reread.toJS(), expected)) {
    return {message: `${formatPath(path)} cannot be changed by itself`, hint: 'change it by hand'};
  }
  return {text: edited};
}

/** A copy of a plain value with `value` at `path`, and what anchors shared no longer shared. */
function withValue(plain: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const map: Readonly<Record<string, unknown>> =
    typeof plain === 'object' && plain !== null ? {...plain} : {};
  return {...map, [key]: withValue(map[key], rest, value)};
}

interface Edit {
  readonly text: string;
  readonly path: readonly string[];
  readonly value: PlanValue;
  readonly newline: string;
}

/** Follows the path as far as it exists, then replaces the value or adds the rest of the path. */
function splice(edit: Edit, root: YAMLMap): string | Fault {
  let map = root;
  for (const [depth, key] of edit.path.entries()) {
    const pair = map.items.find(item => keyOf(item) === key);
    if (pair === undefined) return insert(edit, map, edit.path.slice(depth));
    if (depth === edit.path.length - 1) return replace(edit, pair);
    if (isEmpty(pair.value)) return insertBelow(edit, map, pair, edit.path.slice(depth + 1));
    if (!isMap(pair.value)) {
      return {
        message: `${formatPath(edit.path.slice(0, depth + 1))} is not a map`,
        hint: 'make it one, or take it out',
      };
    }
    map = pair.value;
  }
  return {message: 'no path was given', hint: ''};
}

function replace({text, value, newline}: Edit, pair: Pair): string {
  const old = pair.value;
  const colon = text.indexOf(':', endOf(pair.key)) + 1;
  if (isEmpty(old)) return `${text.slice(0, colon)} ${flow(value)}${text.slice(colon)}`;
  const [start, end] = rangeOf(old);
  if (isCollection(old) && old.flow !== true) {
    const firstLine = text.slice(0, lineEnd(text, colon));
    const kept = firstLine.length < start ? firstLine.slice(colon) : '';
    return `${text.slice(0, colon)} ${flow(value)}${kept}${text.slice(lineEnd(text, contentEnd(old)))}`;
  }
  const blockScalar = text[end - 1] === '\n' ? newline : '';
  return text.slice(0, start) + flow(value) + blockScalar + text.slice(end);
}

/** Adds `path` after the last key of `map`. */
function insert({text, value, newline}: Edit, map: YAMLMap, path: readonly string[]): string {
  const [start, end] = rangeOf(map);
  const last = map.items.at(-1);
  if (map.flow === true || last === undefined) {
    const entry = path.slice(1).reduceRight((inner, key) => `{${flow(key)}: ${inner}}`, flow(value));
    const pair = `${flow(path[0] ?? '')}: ${entry}`;
    if (last === undefined) return `${text.slice(0, start)}{${pair}}${text.slice(end)}`;
    const lastEnd = contentEnd(last);
    return `${text.slice(0, lastEnd)}, ${pair}${text.slice(lastEnd)}`;
  }
  const at = endOfLastLine(text, contentEnd(last));
  const lines = blockLines(path, value, indentOf(text, map), newline);
  return at.fresh
    ? `${text.slice(0, at.offset)}${lines}${newline}${text.slice(at.offset)}`
    : `${text.slice(0, at.offset)}${newline}${lines}${text.slice(at.offset)}`;
}

/** Adds `path` below a key that has no value yet. */
function insertBelow(
  {text, value, newline}: Edit,
  parent: YAMLMap,
  pair: Pair,
  path: readonly string[],
): string {
  if (parent.flow === true) {
    const colon = text.indexOf(':', endOf(pair.key)) + 1;
    const inner = path.reduceRight((nested, key) => `{${flow(key)}: ${nested}}`, flow(value));
    return `${text.slice(0, colon)} ${inner}${text.slice(colon)}`;
  }
  const offset = lineEnd(text, endOf(pair.key));
  const lines = blockLines(path, value, indentOf(text, parent) + step, newline);
  return text.slice(0, offset) + newline + lines + text.slice(offset);
}

const step = '  ';

/** One key a line, each a step deeper, the value on the last. */
function blockLines(path: readonly string[], value: PlanValue, indent: string, newline: string): string {
  const lines = path.map((key, depth) => `${indent}${step.repeat(depth)}${flow(key)}:`);
  return `${lines.join(newline)} ${flow(value)}`;
}

/** In the form that is right both on a line of its own and inside brackets. */
function flow(value: PlanValue): string {
  return stringify([value], {collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0})
    .trim()
    .slice(1, -1);
}

/** Start of the line after the one of `offset`; a block scalar's text ends after its line break already. */
function endOfLastLine(text: string, offset: number): {readonly offset: number; readonly fresh: boolean} {
  return text[offset - 1] === '\n' ? {offset, fresh: true} : {offset: lineEnd(text, offset), fresh: false};
}
