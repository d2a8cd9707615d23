import type {ExportTargetName} from '../../export/targets.js';
import type {ComparedItem} from '../planning/job.js';
import type {ScreenName} from './screen-name.js';

/** A list that is narrowed by typing. */
export interface Picker {
  readonly entries: readonly PickerEntry[];
  readonly query: string;
  readonly index: number;
  /** True if the query may also be the path of a plan file. */
  readonly takesPath?: boolean;
}

export interface PickerEntry {
  readonly label: string;
  /** The kind of thing that the entry names; empty if all entries are of one kind. */
  readonly kind: string;
  readonly choice: PickerChoice;
}

/** The effect of choosing an entry. */
export type PickerChoice =
  /** Sets a field of the plan. */
  | {readonly kind: 'set'; readonly field: string; readonly value: string}
  /** Edits a field of the plan. */
  | {readonly kind: 'field'; readonly field: string}
  | {readonly kind: 'screen'; readonly screen: ScreenName}
  | {readonly kind: 'compare'; readonly item: ComparedItem}
  | {readonly kind: 'export'; readonly target: ExportTargetName};

/** Entries that hold the letters of the query in order, the closest match first. */
export function matchingEntries({entries, query}: Picker): readonly PickerEntry[] {
  if (query === '') return entries;
  return entries
    .map((entry, i) => ({entry, i, rank: fuzzyRank(`${entry.kind} ${entry.label}`, query)}))
    .filter(({rank}) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.i - b.i)
    .map(({entry}) => entry);
}

/**
 * Distance of `text` from `query`: 0 if the query is the start of a word, more if its letters are spread;
 * null if they do not all occur in order. Each word of the query is matched by itself.
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

/** Costs of a match inside a word, and of letters that are apart. */
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
  const count = matchingEntries(picker).length;
  return {...picker, index: Math.max(0, Math.min(count - 1, picker.index + by))};
}

export function withQuery(picker: Picker, query: string): Picker {
  return {...picker, query, index: 0};
}

/** The choice under the cursor; without a match the typed path, if the picker takes one. */
export function pickedChoice(picker: Picker): PickerChoice | null {
  const entry = pickedEntry(picker);
  if (entry !== null) return entry.choice;
  const path = picker.query.trim();
  return picker.takesPath === true && path !== ''
    ? {kind: 'compare', item: {kind: 'plan', name: path}}
    : null;
}

export function pickedEntry(picker: Picker): PickerEntry | null {
  return matchingEntries(picker)[picker.index] ?? null;
}
