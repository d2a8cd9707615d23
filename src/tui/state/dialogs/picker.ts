import type {ExportTargetName} from '../../../export/targets.js';
import type {Comparand} from '../../planning/answers.js';

/** A list that is narrowed by typing. */
export interface Picker {
  readonly entries: readonly Entry[];
  readonly query: string;
  readonly index: number;
  /** What is typed may also be the path of a plan file. */
  readonly takesPath?: boolean;
}

export interface Entry {
  readonly label: string;
  /** What kind of thing it is; empty where all are of one kind. */
  readonly kind: string;
  /** What is done when it is chosen. */
  readonly choice: Choice;
}

export type Choice =
  | {readonly kind: 'set'; readonly field: string; readonly value: string}
  | {readonly kind: 'field'; readonly field: string}
  | {readonly kind: 'screen'; readonly screen: string}
  | {readonly kind: 'compare'; readonly comparand: Comparand}
  | {readonly kind: 'export'; readonly target: ExportTargetName};

/** Entries that hold the letters of the query in order, the closest first. */
export function matches({entries, query}: Picker): readonly Entry[] {
  if (query === '') return entries;
  return entries
    .map((entry, i) => ({entry, i, rank: fuzzyRank(`${entry.kind} ${entry.label}`, query)}))
    .filter(({rank}) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.i - b.i)
    .map(({entry}) => entry);
}

/**
 * How far the letters of `query` are spread in `text`: 0 for one piece at the start of a word; null where
 * they are not all there in order. Each word of the query is looked for by itself.
 */
export function fuzzyRank(text: string, query: string): number | null {
  const lower = text.toLowerCase();
  let total = 0;
  for (const word of query.toLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const rank = wordRank(lower, word);
    if (rank === null) return null;
    total += rank;
  }
  return total;
}

/** A piece inside a word costs less than letters that are apart. */
const insideWord = 1;
const apart = 4;

function wordRank(text: string, word: string): number | null {
  const whole = text.indexOf(word);
  if (whole !== -1) return /[a-z0-9]/.test(text[whole - 1] ?? ' ') ? insideWord : 0;
  let at = -1;
  let first = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at === -1) return null;
    if (first === -1) first = at;
  }
  return apart + at - first - word.length;
}

export function movePicker(picker: Picker, by: number): Picker {
  const count = matches(picker).length;
  return {...picker, index: Math.max(0, Math.min(count - 1, picker.index + by))};
}

export function typeInPicker(picker: Picker, query: string): Picker {
  return {...picker, query, index: 0};
}

/** What is chosen: the entry under the cursor, or where none matches a path that is typed. */
export function pickedChoice(picker: Picker): Choice | null {
  const entry = matches(picker)[picker.index];
  if (entry !== undefined) return entry.choice;
  const path = picker.query.trim();
  return picker.takesPath === true && path !== ''
    ? {kind: 'compare', comparand: {kind: 'plan', name: path}}
    : null;
}

export function pickedEntry(picker: Picker): Entry | null {
  return matches(picker)[picker.index] ?? null;
}
