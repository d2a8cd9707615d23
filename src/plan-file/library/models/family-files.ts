import {readFileSync} from 'node:fs';
import {listFamilyFiles} from '../presets.js';

/** File of a model family that comes with the package. */
export interface FamilyFile {
  readonly path: string;
  readonly text: string;
  /** Its models are those of measured tables, not of a publisher. */
  readonly measured: boolean;
  /** Names of its models, in its order. */
  readonly names: readonly string[];
}

let known: readonly FamilyFile[] | null = null;

/** All families of the package, public ones first; read once. */
export function familyFiles(): readonly FamilyFile[] {
  known ??= listFamilyFiles().map(({path, measured}) => {
    const text = readFileSync(path, 'utf8');
    return {path, text, measured, names: namesIn(text)};
  });
  return known;
}

/** The file that holds the model of exactly this name; null where none does. */
export function fileOfModel(name: string): FamilyFile | null {
  return familyFiles().find(({names}) => names.includes(name)) ?? null;
}

/** Keys of `models`, without parsing the file: the names of all files are looked through for one. */
function namesIn(text: string): string[] {
  const models = text.slice(text.search(/^models:$/m));
  return [...models.matchAll(/^ {2}([^\s:#]+):$/gm)].map(([, name = '']) => name);
}
