import {isDeepStrictEqual} from 'node:util';
import {isMap, type Pair, parseDocument, type YAMLMap} from 'yaml';
import {formatPath} from '../problem.js';
import type {Fault} from '../quantity/parse-quantity.js';
import {keyOf} from '../source.js';
import {contentEnd, isEmpty, lineEnd, rangeOf} from './node-span.js';

/**
 * The text of a plan without the key at `path`, and every other byte as it was; a map that held nothing
 * else goes with it. A key that is not there leaves the text as it is.
 */
export function removeFromPlan(text: string, path: readonly string[]): {readonly text: string} | Fault {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) {
    return {message: 'is not a YAML map', hint: 'mend the file first'};
  }
  const found = find(document.contents, path);
  if (found === null) return {text};
  const edited = cut(text, found.map, found.pair);
  if (!holds(edited, withoutKey(document.toJS(), path.slice(0, found.depth)))) {
    return {message: `${formatPath(path)} cannot be taken out by itself`, hint: 'take it out by hand'};
  }
  return {text: edited};
}

/** The text is YAML of exactly this value; not where it repeats an anchor that went. */
function holds(text: string, expected: unknown): boolean {
  const document = parseDocument(text);
  if (document.errors.length > 0) return false;
  try {
    return isDeepStrictEqual(document.toJS(), expected);
  } catch (error) {
    if (error instanceof ReferenceError) return false;
    throw error;
  }
}

interface Found {
  readonly map: YAMLMap;
  readonly pair: Pair;
  /** Length of the path to the pair. */
  readonly depth: number;
}

/** The outermost pair that holds nothing but what is at `path`. */
function find(root: YAMLMap, path: readonly string[]): Found | null {
  let map: unknown = root;
  let outermost: Found | null = null;
  for (const [depth, key] of path.entries()) {
    if (!isMap(map)) return null;
    const pair = map.items.find(item => keyOf(item) === key);
    if (pair === undefined) return null;
    if (outermost === null || map.items.length > 1) outermost = {map, pair, depth: depth + 1};
    map = pair.value;
  }
  return outermost;
}

function cut(text: string, map: YAMLMap, pair: Pair): string {
  const start = rangeOf(pair.key)[0];
  const end = isEmpty(pair.value) ? contentEnd(pair) : contentEnd(pair.value);
  if (map.flow === true) {
    const next = map.items[map.items.indexOf(pair) + 1];
    if (next !== undefined) return text.slice(0, start) + text.slice(rangeOf(next.key)[0]);
    const comma = map.items.length > 1 ? text.lastIndexOf(',', start) : start;
    return text.slice(0, comma) + text.slice(end);
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  // A block scalar's text ends after its line break already.
  if (text[end - 1] === '\n') return text.slice(0, lineStart) + text.slice(end);
  const lineBreak = text.indexOf('\n', lineEnd(text, end));
  return text.slice(0, lineStart) + (lineBreak === -1 ? '' : text.slice(lineBreak + 1));
}

function withoutKey(plain: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || typeof plain !== 'object' || plain === null) return plain;
  const {[key]: inner, ...others} = plain as Readonly<Record<string, unknown>>;
  return rest.length === 0 ? others : {...others, [key]: withoutKey(inner, rest)};
}
