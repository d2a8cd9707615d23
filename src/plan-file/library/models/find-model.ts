import {existsSync} from 'node:fs';
import {isAbsolute, resolve} from 'node:path';
import {formatCount} from '../../../units/format-quantity.js';
import type {Fault} from '../../quantity/parse-quantity.js';
import {readEntry} from '../catalogue.js';
import {type FoundFile, familyFilePath} from '../presets.js';
import {fileOfModel} from './family-files.js';
import type {ModelEntry} from './model-entry.js';
import {readModelIndex} from './model-index.js';
import {modelNamed} from './model-name.js';

/** The file that a name of a model or a path means, or what to write instead. */
export async function findModel(reference: string, folders: readonly string[]): Promise<FoundFile | Fault> {
  const preset = presetNamed(reference);
  if (preset !== null) return preset;
  const paths = isAbsolute(reference) ? [reference] : folders.map(folder => resolve(folder, reference));
  const path = paths.find(candidate => existsSync(candidate));
  if (path !== undefined) return {path, preset: null};
  if (isPath(reference)) {
    const hint = `relative paths start at ${resolve(folders[0] ?? '.')}`;
    return {message: `no such file "${reference}"`, hint};
  }
  const index = await readModelIndex();
  const named = modelNamed(reference, index);
  if ('name' in named) return presetNamed(named.name) ?? unknownModel(reference, index);
  return named.isPartOfEach ? ambiguous(reference, named.candidates) : unknownModel(reference, index);
}

/** The family of the model of exactly this name: as compiled, or from a look into all files. */
function presetNamed(name: string): FoundFile | null {
  if (/[/\\]/.test(name)) return null;
  const compiled = readEntry('model', name)?.profile.file;
  if (compiled !== undefined) return {path: familyFilePath(compiled), preset: name};
  const file = fileOfModel(name);
  return file === null ? null : {path: file.path, preset: name};
}

/** A path, unlike `owner/name` of a repository. */
function isPath(reference: string): boolean {
  return /\\|\.(ya?ml|json)$|^[./~]|\/.*\//.test(reference);
}

const mostShown = 8;

function ambiguous(reference: string, candidates: readonly ModelEntry[]): Fault {
  const shown = candidates.slice(0, mostShown);
  const list = shown.map(entry => `${entry.name} (${differences(entry, shown)})`).join(', ');
  return {
    message: `"${reference}" may be any of ${candidates.length} models`,
    hint: `write one of ${list}${candidates.length > shown.length ? ', ...' : ''}`,
  };
}

/** What to write in place of a name that no model has: those of its family, the nearest first. */
export function unknownModel(reference: string, index: readonly ModelEntry[]): Fault {
  const named = modelNamed(reference, index);
  const near = 'name' in named ? [] : named.candidates;
  const message = `unknown model "${reference}"`;
  const [first, ...others] = near.slice(0, mostShown).map(({name}) => name);
  if (first === undefined) return {message, hint: 'walltime model list shows those that come with walltime'};
  if (others.length === 0) return {message, hint: `did you mean ${first}?`};
  const more = near.length > mostShown ? ', ...' : '';
  return {message, hint: `did you mean ${first}? one of ${[first, ...others].join(', ')}${more}`};
}

/** Its size, and what else sets it apart from `others`. */
function differences(entry: ModelEntry, others: readonly ModelEntry[]): string {
  const size = (of: ModelEntry) => formatCount(of.parameters, 3);
  const active =
    entry.activeParameters < entry.parameters ? [`${formatCount(entry.activeParameters, 3)} active`] : [];
  const alike = others.filter(other => size(other) === size(entry));
  const details: readonly ((of: ModelEntry) => string)[] = [
    of => `${of.layers} layers of ${of.hiddenSize}`,
    of => `vocabulary ${of.vocabularySize}`,
    of => (of.window === null ? 'no window' : `window of ${of.window}`),
  ];
  const apart = details.filter(detail => alike.some(other => detail(other) !== detail(entry)));
  return [size(entry), ...active, ...apart.map(detail => detail(entry))].join(', ');
}
