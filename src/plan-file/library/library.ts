import {resolve} from 'node:path';
import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {withFrameworks} from '../hardware/with-frameworks.js';
import type {ModelRead} from '../models/model-profile.js';
import {suggestion} from '../nearest-word.js';
import type {Problem} from '../problem.js';
import type {Fault} from '../quantity/parse-quantity.js';
import {readText} from '../read-text.js';
import {problemOfFile} from '../source.js';
import {type CatalogueEntry, lookUp, type ProfileOf, readEntry, reviveHardware} from './catalogue.js';
import {readFrameworks} from './framework-files.js';
import {familyFiles} from './models/family-files.js';
import {findModel} from './models/find-model.js';
import {displayPath, type FoundFile, findFile, listPresets, type PresetKind, presetPath} from './presets.js';

export type HardwareRead = {readonly profile: HardwareProfile} | {readonly problems: readonly Problem[]};

/** Names of the hardware profiles that come with the package. */
export function listHardware(): string[] {
  return listPresets('hardware');
}

/** Names of the models that come with the package: those of publishers, then those of measured tables. */
export function listModels(): string[] {
  const files = familyFiles();
  const namesIn = (measured: boolean) =>
    files.flatMap(file => (file.measured === measured ? file.names : [])).sort();
  return [...namesIn(false), ...namesIn(true)];
}

/**
 * The profile that a name or a path means.
 *
 * @param folders where relative paths start, in order
 */
export async function readHardware(
  reference: string,
  folders: readonly string[] = ['.'],
): Promise<HardwareRead> {
  const found = findReference('hardware', reference, folders);
  return 'message' in found ? {problems: [problemOfFile(reference, found)]} : readHardwareFile(found);
}

/** The model that a name or a path means; a path may lead to a Hugging Face config.json. */
export async function readModel(reference: string, folders: readonly string[] = ['.']): Promise<ModelRead> {
  const found = await findModel(reference, folders);
  return 'message' in found ? {problems: [problemOfFile(reference, found)]} : readModelFile(found);
}

/** Reads a profile, from the compiled catalogue where that is of the same text. */
export async function readHardwareFile({path, preset}: FoundFile): Promise<HardwareRead> {
  const file = readText(path);
  if ('message' in file) return {problems: [problemOfFile(displayPath(path), file)]};
  const read = await readFrameworks();
  if ('problems' in read) return read;
  const compiled = lookUp(preset === null ? null : entryOf('hardware', preset), [file.text]);
  if (compiled !== null) {
    const made = withFrameworks(reviveHardware(compiled), read.frameworks);
    if ('profile' in made) return made;
  }
  const {readHardwareText} = await import('../hardware/read-hardware.js');
  return readHardwareText({path: displayPath(path), text: file.text}, read.frameworks);
}

/** Reads a model, from the compiled catalogue where that is of the same text. */
export async function readModelFile({path, preset}: FoundFile): Promise<ModelRead> {
  const file = readText(path);
  if ('message' in file) return {problems: [problemOfFile(displayPath(path), file)]};
  const entry = preset === null ? null : entryOf('model', preset);
  const compiled = lookUp(entry, [file.text]);
  if (compiled !== null) return {profile: compiled.profile};
  const {readModelText} = await import('../models/read-model.js');
  return readModelText(displayPath(path), file.text, preset);
}

const entries: {readonly [Kind in PresetKind]: Map<string, CatalogueEntry<ProfileOf[Kind]> | null>} = {
  hardware: new Map(),
  model: new Map(),
};

/** Read once: a planner looks up the same machine again and again. */
function entryOf<Kind extends PresetKind>(kind: Kind, name: string): CatalogueEntry<ProfileOf[Kind]> | null {
  const known = entries[kind].get(name);
  if (known !== undefined) return known;
  const entry = readEntry(kind, name);
  entries[kind].set(name, entry);
  return entry;
}

/** The profile that a name or a path means, or what to write instead. */
export function findReference(
  kind: 'hardware',
  reference: string,
  folders: readonly string[],
): FoundFile | Fault {
  const path = findFile(kind, reference, folders);
  if (path !== null) return {path, preset: path === presetPath(kind, reference) ? reference : null};
  const isPath = /[/\\]|\.(ya?ml|json)$/.test(reference);
  if (isPath)
    return {
      message: `no such file "${reference}"`,
      hint: `relative paths start at ${resolve(folders[0] ?? '.')}`,
    };
  return {message: `unknown hardware "${reference}"`, hint: suggestion(reference, listPresets(kind))};
}
