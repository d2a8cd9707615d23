import type {FamilyRead} from '../../models/read-family.js';
import {formatProblem} from '../../problem.js';
import {hashTexts, lookUp, readEntry} from '../catalogue.js';
import {type FamilyFile, familyFiles} from './family-files.js';
import {type ModelEntry, modelEntry} from './model-entry.js';

/** Name of the one entry of the catalogue that holds the index. */
export const modelIndexName = 'all';

/** What the compiled index is valid for. */
export function hashFamilies(files: readonly FamilyFile[]): string {
  return hashTexts(familyTexts(files));
}

const familyTexts = (files: readonly FamilyFile[]) => files.map(({text}) => text);

let known: Promise<readonly ModelEntry[]> | null = null;

/** Entries of all models of the package, family by family, public ones first; read once. */
export function readModelIndex(): Promise<readonly ModelEntry[]> {
  known ??= readIndex();
  return known;
}

async function readIndex(): Promise<readonly ModelEntry[]> {
  const files = familyFiles();
  const compiled = lookUp(readEntry('model-index', modelIndexName), familyTexts(files));
  if (compiled !== null) return compiled;
  const {readFamilyText} = await import('../../models/read-family.js');
  const read = await Promise.all(
    files.map(async file => ({file, read: await readFamilyText(file.path, file.text)})),
  );
  return read.flatMap(({file, read: family}) => entriesOf(file, family));
}

/** Entries of one file. The package's own files have no problems: its build fails where one has. */
export function entriesOf(file: FamilyFile, read: FamilyRead): ModelEntry[] {
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return Object.entries(read.models).map(([name, profile]) => modelEntry(name, profile, file.measured));
}
