import {resolve} from 'node:path';
import {type CountedDevices, hardwareMatcher, type NamedHardware} from '../../calibration/match-hardware.js';
import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {type Machine, withFrameworks} from '../hardware/with-frameworks.js';
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
import {
  displayPath,
  type FoundFile,
  findFile,
  inProfiles,
  listPresets,
  type PresetKind,
  presetPath,
} from './presets.js';

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
  const found = await findHardware(reference, folders);
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
  const compiled = preset === null ? null : compiledMachine(preset, file.text);
  if (compiled !== null) {
    const made = withFrameworks(compiled, read.frameworks);
    if ('profile' in made) return made;
  }
  const [{readHardwareText}, {shippedParts}] = await Promise.all([
    import('../hardware/read-hardware.js'),
    import('./part-files.js'),
  ]);
  const named = {path: displayPath(path), text: file.text};
  return readHardwareText(named, {frameworks: read.frameworks, parts: shippedParts()});
}

function compiledMachine(preset: string, text: string): Machine | null {
  const entry = entryOf('hardware', preset);
  if (entry === null) return null;
  const parts = (entry.parts ?? []).map(part => readText(inProfiles(part)));
  const texts = parts.flatMap(part => ('text' in part ? [part.text] : []));
  const machine = lookUp(entry, [text, ...texts]);
  return machine === null ? null : reviveHardware(machine);
}

let names: Promise<readonly NamedHardware[]> | null = null;

/** Names of the machines that come with the package and of their accelerators; read once, and only when needed. */
function shippedNames(): Promise<readonly NamedHardware[]> {
  names ??= Promise.all(listHardware().map(readNames)).then(read => read.flat());
  return names;
}

/** None of a profile that is wrong: that is a problem of whoever names it. */
async function readNames(preset: string): Promise<readonly NamedHardware[]> {
  const path = presetPath('hardware', preset);
  const file = readText(path);
  if ('message' in file) return [];
  const compiled = compiledMachine(preset, file.text);
  if (compiled !== null) return [compiled];
  const [{readMachineText}, {shippedParts}] = await Promise.all([
    import('../hardware/read-hardware.js'),
    import('./part-files.js'),
  ]);
  const read = await readMachineText({path, text: file.text}, shippedParts());
  return 'machine' in read ? [read.machine] : [];
}

/** The file of a machine, with the devices that its name counts. */
export interface FoundHardware extends FoundFile {
  readonly count: CountedDevices | null;
}

/**
 * The file of the machine that a name, a path or one of the names that drivers, clouds and tables use means,
 * or what to write instead.
 */
export async function findHardware(
  reference: string,
  folders: readonly string[],
): Promise<FoundHardware | Fault> {
  const path = findFile('hardware', reference, folders);
  if (path !== null) {
    return {path, preset: path === presetPath('hardware', reference) ? reference : null, count: null};
  }
  if (/[/\\]|\.(ya?ml|json)$/.test(reference)) {
    const hint = `relative paths start at ${resolve(folders[0] ?? '.')}`;
    return {message: `no such file "${reference}"`, hint};
  }
  const known = await shippedNames();
  const matched = hardwareMatcher(known)(reference, '');
  if (matched !== null) {
    const {profile, count} = matched;
    return {path: presetPath('hardware', profile.name), preset: profile.name, count};
  }
  const others = known.flatMap(machine => [...machine.names.machine, ...machine.names.accelerator]);
  const hint = suggestion(reference, [...listHardware(), ...others]);
  return {message: `unknown hardware "${reference}"`, hint};
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
