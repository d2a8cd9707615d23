import {existsSync, readdirSync} from 'node:fs';
import {basename, dirname, isAbsolute, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Folders of the package whose files plans may name without their path. */
const presetFolders = {hardware: 'hardware-profiles', model: join('plans', 'models')} as const;
export type PresetKind = keyof typeof presetFolders;

/** Folder of the frameworks in that of the profiles. */
const frameworksFolder = 'frameworks';

/** Folders of the hardware parts in that of the profiles. */
const partFolders = {accelerator: 'accelerators', board: 'boards', fabric: 'fabrics'} as const;

/** File of the efficiency curves, which is next to the machines and is none. */
const curvesName = 'curves';

/** The installed package: the nearest folder above this code that holds the profiles. */
function packageRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, presetFolders.hardware))) return folder;
    if (folder === dirname(folder)) throw new Error(`no ${presetFolders.hardware} folder above ${here}`);
  }
}

/** Names of the presets of one kind, sorted. */
export function listPresets(kind: PresetKind): string[] {
  const folder = join(packageRoot(), presetFolders[kind]);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter(file => file.endsWith('.yaml'))
    .map(file => file.slice(0, -'.yaml'.length))
    .filter(name => name !== curvesName)
    .sort();
}

/** A path in the folder of the profiles. */
export function inProfiles(file: string): string {
  return join(packageRoot(), presetFolders.hardware, file);
}

/** File of a hardware part in the folder of the profiles, whether or not it exists. */
export function partFile(kind: keyof typeof partFolders | 'curve', name: string): string {
  return kind === 'curve' ? `${curvesName}.yaml` : join(partFolders[kind], `${name}.yaml`);
}

/** Names of the hardware parts of one kind, sorted. */
export function listParts(kind: keyof typeof partFolders): string[] {
  return readdirSync(inProfiles(partFolders[kind]))
    .filter(file => file.endsWith('.yaml'))
    .map(file => file.slice(0, -'.yaml'.length))
    .sort();
}

/** File of a preset, whether or not it exists. */
export function presetPath(kind: PresetKind, name: string): string {
  return join(packageRoot(), presetFolders[kind], `${name}.yaml`);
}

/** The file that `reference` means: a preset's name, else a path from one of `folders`; null where there is none. */
export function findFile(kind: PresetKind, reference: string, folders: readonly string[]): string | null {
  const isName = !/[/\\]/.test(reference);
  const isPreset = isName && reference !== curvesName && existsSync(presetPath(kind, reference));
  if (isPreset) return presetPath(kind, reference);
  const candidates = isAbsolute(reference) ? [reference] : folders.map(folder => resolve(folder, reference));
  return candidates.find(candidate => existsSync(candidate)) ?? null;
}

/** Folders of the families in that of the models, and whether their models are those of measured tables. */
const familyFolders = [
  {folder: 'families', measured: false},
  {folder: 'measured', measured: true},
] as const;

/** Paths of the files of every model family, public ones first. */
export function listFamilyFiles(): {readonly path: string; readonly measured: boolean}[] {
  return familyFolders.flatMap(({folder, measured}) => {
    const path = join(packageRoot(), presetFolders.model, folder);
    const stems = readdirSync(path)
      .filter(file => file.endsWith('.yaml'))
      .map(file => file.slice(0, -'.yaml'.length));
    return stems.sort().map(stem => ({path: join(path, `${stem}.yaml`), measured}));
  });
}

/** A family's file from the folder of the models on: `families/qwen3.yaml`. */
export function familyFileName(path: string): string {
  return `${basename(dirname(path))}/${basename(path)}`;
}

export function familyFilePath(name: string): string {
  return join(packageRoot(), presetFolders.model, name);
}

/**
 * Environment variable with the folder of profiles whose `frameworks` are read in place of those of the package,
 * as `npm run fit -- --out` writes it.
 */
export const profilesVariable = 'WALLTIME_PROFILES';

/** Folder of the frameworks, whether or not it exists. */
export function frameworksPath(): string {
  const chosen = process.env[profilesVariable];
  const profiles = chosen ? resolve(chosen) : join(packageRoot(), presetFolders.hardware);
  return join(profiles, frameworksFolder);
}

/** Paths of the files of every framework; `fits` is null where it has none. */
export function listFrameworkFiles(): {readonly path: string; readonly fits: string | null}[] {
  const folder = frameworksPath();
  const fits = new Set(readdirSync(join(folder, 'fits')));
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .map(file => {
      const table = file.replace('.yaml', '.csv');
      return {path: join(folder, file), fits: fits.has(table) ? join(folder, 'fits', table) : null};
    });
}

/** A file that a name or a path means. */
export interface FoundFile {
  readonly path: string;
  /** Its name, where it came with the package. */
  readonly preset: string | null;
}

/** Files below the working directory are shown from there. */
export function displayPath(path: string): string {
  const fromHere = relative('.', path);
  return fromHere.startsWith('..') ? path : fromHere;
}
