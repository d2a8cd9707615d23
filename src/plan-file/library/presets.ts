import {existsSync, readdirSync} from 'node:fs';
import {dirname, isAbsolute, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Folders of the package whose files plans may name without their path. */
const presetFolders = {hardware: 'hardware-profiles', model: join('plans', 'models')} as const;
export type PresetKind = keyof typeof presetFolders;

/** File of the software stacks, which is no machine. */
export const stacksFileName = 'software-stacks';

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
  const names = files.filter(file => file.endsWith('.yaml')).map(file => file.slice(0, -'.yaml'.length));
  return names.filter(name => name !== stacksFileName).sort();
}

/** File of a preset, whether or not it exists. */
export function presetPath(kind: PresetKind, name: string): string {
  return join(packageRoot(), presetFolders[kind], `${name}.yaml`);
}

/** The file that `reference` means: a preset's name, else a path from one of `folders`; null where there is none. */
export function findFile(kind: PresetKind, reference: string, folders: readonly string[]): string | null {
  const isName = !/[/\\]/.test(reference);
  if (isName && reference !== stacksFileName && existsSync(presetPath(kind, reference)))
    return presetPath(kind, reference);
  const candidates = isAbsolute(reference) ? [reference] : folders.map(folder => resolve(folder, reference));
  return candidates.find(candidate => existsSync(candidate)) ?? null;
}
