import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Frameworks} from '../frameworks/framework-data.js';
import type {Machine} from '../hardware/with-frameworks.js';
import type {ModelProfile} from '../models/model-profile.js';
import type {ModelEntry} from './models/model-entry.js';
import type {PresetKind} from './presets.js';

/**
 * The presets as the build compiled them: plain numbers, so that a command need not parse their YAML,
 * check it and convert its units. An entry holds only while its source text is the same to the byte.
 */
export interface Catalogue {
  readonly hardware: Readonly<Record<string, CatalogueEntry<Machine>>>;
  readonly models: Readonly<Record<string, CatalogueEntry<CompiledModel>>>;
  readonly modelIndex: CatalogueEntry<readonly ModelEntry[]>;
  readonly frameworks: CatalogueEntry<Frameworks>;
}

/** Kinds of entry: presets, an index of all models, and all frameworks as one. */
export type EntryKind = PresetKind | 'model-index' | 'frameworks';

/** Name of the entry that holds all frameworks. */
export const allFrameworks = 'all';

export interface CatalogueEntry<Profile> {
  /** SHA-256 of the source texts. */
  readonly hash: string;
  /** Files of parts that are among the sources, in the folder of profiles. */
  readonly parts?: readonly string[];
  readonly profile: Profile;
}

/** What an entry was compiled from, as one number. */
export function hashTexts(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}\n`).update(text);
  return hash.digest('hex');
}

/** A model with the file of its family, so that its name leads there without a look into all files. */
export interface CompiledModel {
  readonly file: string;
  readonly profile: ModelProfile;
}

/** What an entry holds, by its kind. */
export interface ProfileOf {
  readonly hardware: Machine;
  readonly model: CompiledModel;
  readonly 'model-index': readonly ModelEntry[];
  readonly frameworks: Frameworks;
}

/** Path of an entry in the catalogue's folder. A command reads the three that it needs. */
export function entryPath(folder: string, kind: EntryKind, name: string): string {
  return join(folder, kind, `${name}.json`);
}

/** The entry next to the running bundle; null when the program runs from its source. */
export function readEntry<Kind extends EntryKind>(
  kind: Kind,
  name: string,
): CatalogueEntry<ProfileOf[Kind]> | null {
  const here = dirname(fileURLToPath(import.meta.url));
  // A bundle's chunks stand in a folder of their own.
  const path = [here, dirname(here)]
    .map(folder => entryPath(join(folder, 'catalogue'), kind, name))
    .find(existsSync);
  // Written by our own build with the code that reads it, so its shape is not checked again.
  return path === undefined ? null : JSON.parse(readFileSync(path, 'utf8'));
}

/** Profile of an entry compiled from exactly these texts. */
export function lookUp<Profile>(
  entry: CatalogueEntry<Profile> | null,
  texts: readonly string[],
): Profile | null {
  return entry !== null && entry.hash === hashTexts(texts) ? entry.profile : null;
}

/** JSON has no Infinity and writes null: the fan-out of the outermost level. */
export function reviveHardware(profile: Machine): Machine {
  return {...profile, topology: profile.topology.map(reviveLevel)};
}

function reviveLevel(level: Machine['topology'][number]): Machine['topology'][number] {
  return {
    ...level,
    fanOut: level.fanOut ?? Number.POSITIVE_INFINITY,
    otherStates: level.otherStates.map(reviveLevel),
  };
}
