import {isCollection, isScalar, parseDocument} from 'yaml';
import {removeFromPlan} from '../../../plan-file/edit/remove-from-plan.js';
import {type PlanValue, setInPlan} from '../../../plan-file/edit/set-in-plan.js';

/** What stands at a path of a plan's text, as it is written there; null where nothing does. */
export type Written = (path: readonly string[]) => string | null;

let last: {readonly text: string; readonly written: Written} | null = null;

/** Reads a plan's text; the newest text is remembered, as every picture asks for the same one. */
export function readWritten(text: string): Written {
  if (last?.text === text) return last.written;
  const document = parseDocument(text);
  const known = new Map<string, string | null>();
  const written: Written = path => {
    const key = path.join('.');
    const found = known.get(key);
    if (found !== undefined) return found;
    const node: unknown = document.getIn(path, true);
    const value = textOf(text, node);
    known.set(key, value);
    return value;
  };
  last = {text, written};
  return written;
}

function textOf(text: string, node: unknown): string | null {
  if (isScalar(node)) return node.value === null ? null : (node.source ?? String(node.value));
  if (!isCollection(node) || node.range == null) return null;
  return text.slice(node.range[0], node.range[1]).trim().replaceAll(/\s+/g, ' ');
}

/** One change of a plan's text: a value set, or with undefined taken out. */
export interface Change {
  readonly path: readonly string[];
  readonly value: PlanValue | undefined;
}

/** The text with all changes, or what one of them objects to. */
export function applyChanges(
  text: string,
  changes: readonly Change[],
): {readonly text: string} | {readonly message: string} {
  let edited = text;
  for (const {path, value} of changes) {
    const step = value === undefined ? removeFromPlan(edited, path) : setInPlan(edited, path, value);
    if ('message' in step) return {message: `${step.message} (${step.hint})`};
    edited = step.text;
  }
  return {text: edited};
}
