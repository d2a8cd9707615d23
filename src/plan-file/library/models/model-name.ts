import {editDistance} from '../../nearest-word.js';
import type {ModelEntry} from './model-entry.js';

/** The model that a name means, or those that it may mean, the likeliest first. */
export type NamedModel =
  | {readonly name: string}
  | {readonly candidates: readonly ModelEntry[]; readonly isPartOfEach: boolean};

/**
 * The model that people mean by a name: `Llama3.2-1B`, `qwen 2.5 7b`, `meta-llama/Llama-3.2-1B-Instruct`.
 *
 * Case, separators, the owner of a repository, and words that leave the shape as it is (Instruct, FP8) do
 * not matter. A part of a name means the one model that has it, public models before measured ones.
 */
export function modelNamed(typed: string, entries: readonly ModelEntry[]): NamedModel {
  const exact = new Set(spellingsOf(typed).map(squash));
  const named = entries.find(entry => namesOf(entry).some(name => exact.has(squash(name))));
  if (named !== undefined) return {name: named.name};
  const plain = new Set(spellingsOf(typed).map(name => squash(withoutNeutral(name))));
  const alike = entries.filter(entry => namesOf(entry).some(name => plain.has(squash(withoutNeutral(name)))));
  const whole = publicFirst(modelsWithParts(typed, entries));
  // A name with its size is whole; without one it may be the beginning of others.
  const meant = alike.length === 1 && readParts(typed).size !== null ? alike : whole;
  if (meant.length === 1 && meant[0] !== undefined) return {name: meant[0].name};
  const ranked = rank(typed, meant.length > 0 ? meant : entries);
  return meant.length > 0
    ? {candidates: ranked.map(({entry}) => entry), isPartOfEach: true}
    : {candidates: ranked.filter(({isNear}) => isNear).map(({entry}) => entry), isPartOfEach: false};
}

/** A name and its last part where it has an owner, each also with `1_5` read as 1.5. */
function spellingsOf(typed: string): string[] {
  const names = typed.includes('/') ? [typed, repositoryName(typed)] : [typed];
  return [...names, ...names.map(withDecimals)];
}

const withDecimals = (name: string) => name.replaceAll(/(\d)_(\d)/g, '$1.$2');

const repositoryName = (hub: string) => hub.slice(hub.lastIndexOf('/') + 1);

function namesOf({name, hub}: ModelEntry): string[] {
  return [name, ...hub.flatMap(spellingsOf)];
}

/** Case and separators make no name. */
function squash(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s/:]/g, '');
}

/** Words of repositories whose weights have the shape of the model without them. */
const neutral =
  /^(instruct|it|chat|base|pretrain|hf|pt|text|sft|dpo|rlvr|think|thinking|reasoning|preview|deduped|fp8|fp16|bf16|nvfp4|mxfp4|int4|int8|[48]bit|awq|gptq|gguf|mlx|bnb|quantized|static|dynamic|pertensor|block|meta|latest|\d{4})$/;

function withoutNeutral(name: string): string {
  const words = repositoryName(name).split(/[-_\s:]+/);
  const kept = words.filter(word => !neutral.test(word.toLowerCase()));
  return kept.length === 0 ? name : kept.join('-');
}

/** Words and numbers of a name: `Llama3.2-1B` is llama, 3.2, 1b. */
function partsOf(name: string): string[] {
  const words = withoutNeutral(name)
    .toLowerCase()
    .replaceAll('+', '-plus')
    .replaceAll('+', '-plus')
    .split(/[-_\s/:]+/);
  return words
    .flatMap(word => word.replace(/^([a-z]{2,}?)(v?\d)/, '$1 $2').split(' '))
    .filter(part => part !== '');
}

/** Models with one name that has all parts of `typed`. */
export function modelsWithParts(typed: string, entries: readonly ModelEntry[]): readonly ModelEntry[] {
  const wanted = partsOf(typed);
  const hasAll = (name: string) => {
    const parts = partsOf(withDecimals(name));
    return wanted.every(part => parts.includes(part));
  };
  return wanted.length === 0 ? [] : entries.filter(({name, hub}) => [name, ...hub].some(hasAll));
}

function publicFirst(entries: readonly ModelEntry[]): readonly ModelEntry[] {
  const published = entries.filter(({measured}) => !measured);
  return published.length > 0 ? published : entries;
}

interface NameParts {
  /** The first is the family. */
  readonly words: readonly string[];
  /** Generation: the first number without a unit. */
  readonly version: number | null;
  /** Parameters, and how they are written. */
  readonly size: {readonly parameters: number; readonly text: string} | null;
}

const units: Readonly<Record<string, number>> = {k: 1e3, m: 1e6, b: 1e9, t: 1e12};

function readParts(name: string): NameParts {
  const words: string[] = [];
  let version: number | null = null;
  let size: NameParts['size'] = null;
  for (const part of partsOf(name)) {
    const [, times = '1', count, unit = ''] = /^(?:(\d+)x)?(\d+(?:\.\d+)?)([kmbt])$/.exec(part) ?? [];
    const number = /^v?(\d+(?:\.\d+)?)$/.exec(part)?.[1];
    if (count !== undefined) {
      const parameters = Number(times) * Number(count) * (units[unit] ?? 1);
      if (size === null || parameters > size.parameters) size = {parameters, text: part};
    } else if (number === undefined) words.push(part);
    else version ??= Number(number);
  }
  return {words, version, size};
}

/** Models by family, other words of the name, generation and size, the nearest first; near: of the same family. */
function rank(typed: string, entries: readonly ModelEntry[]) {
  const wanted = readParts(typed);
  return entries
    .map(entry => ({entry, distance: distanceOf(wanted, entry)}))
    .sort((a, b) => compareLists(a.distance, b.distance))
    .map(({entry, distance}) => ({entry, isNear: distance[0] !== Number.POSITIVE_INFINITY}));
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((value, i) => value !== b[i]);
  return first === -1 ? 0 : (a[first] ?? 0) - (b[first] ?? 0);
}

/** What sets a model apart from the typed name, the weightiest first. */
function distanceOf(wanted: NameParts, entry: ModelEntry): number[] {
  const own = readParts(entry.name);
  const known = new Set([entry.name, ...entry.hub].flatMap(name => readParts(name).words));
  const [family = '', ...others] = wanted.words;
  return [
    family === '' ? 0 : familyDistance(family, own.words, known),
    others.filter(word => !known.has(word)).length,
    versionDistance(wanted.version, own.version),
    entry.measured ? 1 : 0,
    own.words.filter(word => !wanted.words.includes(word)).length,
    sizeDistance(wanted.size, own.size, entry.parameters),
    entry.parameters,
  ];
}

/** The nearest word of its own name; a repository of the hub under another name is a little further. */
function familyDistance(family: string, own: readonly string[], known: ReadonlySet<string>): number {
  const nearest = (words: Iterable<string>) =>
    Math.min(...Array.from(words, word => wordDistance(family, word)));
  return Math.min(nearest(own), nearest(known) + 0.5);
}

function wordDistance(wanted: string, word: string): number {
  if (wanted === word) return 0;
  if (wanted.length >= 3 && (word.startsWith(wanted) || (word.length >= 3 && wanted.startsWith(word))))
    return 1;
  if (wanted.length < 3) return Number.POSITIVE_INFINITY;
  const distance = editDistance(wanted, word);
  return distance <= Math.max(1, Math.floor(wanted.length / 4)) ? distance : Number.POSITIVE_INFINITY;
}

/** A model without a generation is further than the next one; where none is wanted, the newest is nearest. */
function versionDistance(wanted: number | null, own: number | null): number {
  if (wanted === null) return -(own ?? 0);
  return own === null ? 2 : Math.abs(wanted - own);
}

/** A digit too much or too little is as near as a size half as large again. */
const misspelt = Math.log(1.5);

function sizeDistance(wanted: NameParts['size'], own: NameParts['size'], parameters: number): number {
  if (wanted === null) return 0;
  const ratio = Math.abs(Math.log(wanted.parameters / parameters));
  const isTypo =
    own !== null && own.text.length !== wanted.text.length && editDistance(own.text, wanted.text) === 1;
  return isTypo ? Math.min(ratio, misspelt) : ratio;
}
