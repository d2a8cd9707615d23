import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import {formatPath, type PathSegment, type Problem, parsePath} from './problem.js';
import {shorten} from './quantity/describe-value.js';
import type {Fault} from './quantity/parse-quantity.js';

/** A YAML file with the positions of its nodes. */
export interface Source {
  /** As the user wrote it; problems start with it. */
  readonly path: string;
  readonly text: string;
  /** Place of the value at a path, or of its key; if absent, of the nearest part of the path in the file. */
  place(path: readonly PathSegment[], at: 'key' | 'value'): Place;
}

/** Counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A fault somewhere in a document. */
export interface Finding extends Fault {
  readonly path: readonly PathSegment[];
  /** Unknown keys are shown at the key, wrong values at the value. */
  readonly at: 'key' | 'value';
}

export type SourceRead =
  | {readonly source: Source; readonly value: unknown; readonly problems: readonly Problem[]}
  | {readonly problems: readonly Problem[]};

/**
 * Reads YAML text that came from `path`. With repeated keys the value is returned too, so that all
 * problems can be reported at once.
 */
export function parseSource(path: string, text: string): SourceRead {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false});
  const placeOf = (offset: number) => lineAndColumn(lines, text, offset);
  const source: Source = {path, text, place: (at, part) => placeOf(offsetOf(document, at, part))};
  const problems = [...document.errors, ...document.warnings].map(({code, message, pos}) => ({
    file: path,
    ...placeOf(pos[0]),
    path: '',
    ...yamlFault(code, message, text.slice(pos[0])),
  }));
  if (document.errors.some(({code}) => code !== 'DUPLICATE_KEY')) return {problems};
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return {
      problems: [...problems, problemOfFile(path, {message: 'is empty', hint: 'see plans/ for examples'})],
    };
  }
  const value = plainValue(document);
  if ('message' in value) {
    return {
      problems: [...problems, {file: path, ...placeOf(value.offset), path: '', ...value}],
    };
  }
  return {source, value: value.value, problems};
}

/** Turns a fault that another floor found at a dotted path into a problem of the file. */
export function locateProblem(source: Source, fault: Fault & {readonly path: string}): Problem {
  return locateFinding(source, {...fault, path: parsePath(fault.path), at: 'value'});
}

/** A missing key is shown at the nearest part of its path that is in the file. */
export function locateFinding(source: Source, {path, at, message, hint}: Finding): Problem {
  return {file: source.path, ...source.place(path, at), path: formatPath(path), message, hint};
}

export function problemOfFile(path: string, {message, hint}: Fault): Problem {
  return {file: path, line: 1, column: 1, path: '', message, hint};
}

function offsetOf(document: Document, path: readonly PathSegment[], at: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const [depth, part] of path.entries()) {
    const step = child(document, node, part);
    if (step === null) return offset;
    const last = depth === path.length - 1;
    const shown =
      last && at === 'value' && startOf(step.value) !== null ? step.value : (step.key ?? step.value);
    offset = startOf(shown) ?? offset;
    node = step.value;
  }
  return offset;
}

function child(
  document: Document,
  parent: unknown,
  part: PathSegment,
): {key: unknown; value: unknown} | null {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node)) {
    const item: unknown = node.items[Number(part)];
    return item === undefined ? null : {key: null, value: item};
  }
  const pair = isMap(node) ? node.items.find(item => keyOf(item) === String(part)) : undefined;
  return pair === undefined ? null : {key: pair.key, value: pair.value};
}

function startOf(node: unknown): number | null {
  return (node as Partial<Node> | null)?.range?.[0] ?? null;
}

function lineAndColumn(lines: LineCounter, text: string, offset: number): Place {
  const {line, col} = lines.linePos(offset);
  const byteOrderMark = line === 1 && text.startsWith('\ufeff') && col > 1 ? 1 : 0;
  return {line: Math.max(1, line), column: Math.max(1, col - byteOrderMark)};
}

function plainValue(document: Document): {readonly value: unknown} | (Fault & {readonly offset: number}) {
  const dangling = danglingAlias(document);
  if (dangling !== null) {
    const message = `*${shorten(dangling.source)} repeats an anchor that is not defined`;
    return {message, hint: 'write the value out', offset: startOf(dangling) ?? 0};
  }
  try {
    return {value: document.toJS()};
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return {message: 'repeats anchors too often', hint: 'write the values out', offset: 0};
  }
}

function danglingAlias(document: Document): Alias | null {
  let dangling: Alias | null = null;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      dangling = alias;
      return visit.BREAK;
    },
  });
  return dangling;
}

/** @param rest the text from the fault on */
function yamlFault(code: string, message: string, rest: string): Fault {
  if (code === 'DUPLICATE_KEY') {
    const key = /^[^\s:,{}[\]]+/.exec(rest)?.[0] ?? 'a key';
    return {message: `${shorten(key)} is given twice`, hint: 'keep one of them'};
  }
  if (code === 'TAB_AS_INDENT') return {message: 'is indented with a tab', hint: 'indent with spaces'};
  if (code === 'MULTIPLE_DOCS') return {message: 'holds several documents', hint: 'one file, one plan'};
  return {message: `is not YAML: ${message}`, hint: 'check indentation, colons and quotes on this line'};
}

/** Text of a pair's key as it appears in the plain value. Its type names no library: the package's types reach it. */
export function keyOf({key}: {readonly key: unknown}): string {
  return isScalar(key) ? String(key.value) : String(key);
}
