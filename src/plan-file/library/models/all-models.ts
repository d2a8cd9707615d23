import type {ModelProfile} from '../../models/model-profile.js';
import {formatProblem} from '../../problem.js';
import {lookUp, readEntry} from '../catalogue.js';
import {type FamilyFile, familyFiles} from './family-files.js';

let known: Promise<readonly ModelProfile[]> | null = null;

/** Every model of the package, family by family, public ones first; each family is read once. */
export function readAllModels(): Promise<readonly ModelProfile[]> {
  known ??= Promise.all(familyFiles().map(readFamily)).then(families => families.flat());
  return known;
}

async function readFamily({path, text, names}: FamilyFile): Promise<readonly ModelProfile[]> {
  const compiled = names.flatMap(name => lookUp(readEntry('model', name), [text])?.profile ?? []);
  if (compiled.length === names.length) return compiled;
  const {readFamilyText} = await import('../../models/read-family.js');
  const read = await readFamilyText(path, text);
  // The build fails where a file of the package has problems.
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return Object.values(read.models);
}
