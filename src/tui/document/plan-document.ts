import {isCollection, isScalar, parseDocument} from 'yaml';
import {removeFromPlan} from '../../plan-file/edit/remove-from-plan.js';
import {type PlanValue, setInPlan} from '../../plan-file/edit/set-in-plan.js';

/** The text of a plan, and its values as the text writes them. */
export interface PlanDocument {
  readonly text: string;
  /** The value at a path as it is written; null if the plan does not state it. */
  readonly at: (path: readonly string[]) => string | null;
}

/** Makes a document of a plan's text, which is parsed when the first value is read. */
export function planDocument(text: string): PlanDocument {
  let parsed: ReturnType<typeof parseDocument> | null = null;
  const values = new Map<string, string | null>();
  return {
    text,
    at(path) {
      const key = path.join('.');
      const known = values.get(key);
      if (known !== undefined) return known;
      parsed ??= parseDocument(text);
      const node: unknown = parsed.getIn(path, true);
      const value = sourceOf(text, node);
      values.set(key, value);
      return value;
    },
  };
}

function sourceOf(text: string, node: unknown): string | null {
  if (isScalar(node)) return node.value === null ? null : (node.source ?? String(node.value));
  if (!isCollection(node) || node.range == null) return null;
  return text.slice(node.range[0], node.range[1]).trim().replaceAll(/\s+/g, ' ');
}

/** One change of a plan's text. Undefined removes the key. */
export interface PlanChange {
  readonly path: readonly string[];
  readonly value: PlanValue | undefined;
}

/** The text after all changes, or the message of the first one that is not possible. */
export function applyChanges(
  text: string,
  changes: readonly PlanChange[],
): {readonly text: string} | {readonly message: string} {
  let edited = text;
  for (const {path, value} of changes) {
    const step = value === undefined ? removeFromPlan(edited, path) : setInPlan(edited, path, value);
    if ('message' in step) return {message: `${step.message} (${step.hint})`};
    edited = step.text;
  }
  return {text: edited};
}
