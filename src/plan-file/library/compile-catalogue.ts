import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {readFrameworkTexts} from '../frameworks/read-frameworks.js';
import {readMachineText} from '../hardware/read-hardware.js';
import {withFrameworks} from '../hardware/with-frameworks.js';
import {readFamilyText} from '../models/read-family.js';
import {formatProblem, type Problem, sortProblems} from '../problem.js';
import {type FileText, readText} from '../read-text.js';
import {problemOfFile} from '../source.js';
import {
  allFrameworks,
  type Catalogue,
  type CatalogueEntry,
  type CompiledModel,
  type EntryKind,
  entryPath,
  hashTexts,
} from './catalogue.js';
import {hashedTexts, readFrameworkFiles} from './framework-files.js';
import {familyFiles} from './models/family-files.js';
import type {ModelEntry} from './models/model-entry.js';
import {entriesOf, hashFamilies, modelIndexName} from './models/model-index.js';
import {notingFiles, shippedParts} from './part-files.js';
import {familyFileName, inProfiles, listPresets, type PresetKind, presetPath} from './presets.js';

/**
 * Compiles every preset into the catalogue that the built program reads instead of their YAML.
 * Run by the build with the catalogue's folder as its argument.
 */
export async function compileCatalogue(): Promise<
  {readonly catalogue: Catalogue} | {readonly problems: readonly Problem[]}
> {
  const texts = readFrameworkFiles();
  if ('problems' in texts) return texts;
  const read = await readFrameworkTexts(texts.files);
  if ('problems' in read) return read;
  const {frameworks} = read;
  const hardware = await compile('hardware', async file => {
    const parts = new Set<string>();
    const own = await readMachineText(file, notingFiles(shippedParts(), parts));
    if ('problems' in own) return own;
    const resolved = withFrameworks(own.machine, frameworks, own.own);
    if (Object.keys(own.own).length > 0 || 'findings' in resolved) {
      const message = 'states software';
      return {problems: [problemOfFile(file.path, {message, hint: 'state it in frameworks/'})]};
    }
    return {profile: own.machine, parts: [...parts]};
  });
  const models = await compileModels();
  const problems = [...hardware.problems, ...models.problems];
  if (problems.length > 0) return {problems: sortProblems(problems)};
  return {
    catalogue: {
      hardware: hardware.entries,
      models: models.entries,
      modelIndex: {hash: hashFamilies(familyFiles()), profile: models.index},
      frameworks: {hash: hashTexts(hashedTexts(texts.files)), profile: frameworks},
    },
  };
}

type Compiled<Profile> =
  | {readonly profile: Profile; readonly parts: readonly string[]}
  | {readonly problems: readonly Problem[]};

async function compile<Profile>(kind: PresetKind, read: (file: FileText) => Promise<Compiled<Profile>>) {
  const entries: Record<string, CatalogueEntry<Profile>> = {};
  const problems: Problem[] = [];
  for (const name of listPresets(kind)) {
    const path = presetPath(kind, name);
    const text = textOf(path);
    const compiled = await read({path, text});
    if ('problems' in compiled) problems.push(...compiled.problems);
    else {
      const {profile, parts} = compiled;
      const texts = [text, ...parts.map(part => textOf(inProfiles(part)))];
      entries[name] = {hash: hashTexts(texts), parts, profile};
    }
  }
  return {entries, problems};
}

async function compileModels() {
  const entries: Record<string, CatalogueEntry<CompiledModel>> = {};
  const index: ModelEntry[] = [];
  const problems: Problem[] = [];
  for (const file of familyFiles()) {
    const read = await readFamilyText(file.path, file.text);
    if ('problems' in read) {
      problems.push(...read.problems);
      continue;
    }
    const hash = hashTexts([file.text]);
    for (const [name, profile] of Object.entries(read.models)) {
      entries[name] = {hash, profile: {file: familyFileName(file.path), profile}};
    }
    index.push(...entriesOf(file, read));
  }
  return {entries, index, problems};
}

function textOf(path: string): string {
  const read = readText(path);
  if ('text' in read) return read.text;
  throw new Error(`${path} ${read.message}`);
}

function writeEntries(kind: EntryKind, entries: Readonly<Record<string, unknown>>, folder: string): void {
  for (const [name, entry] of Object.entries(entries)) {
    const path = entryPath(folder, kind, name);
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, JSON.stringify(entry));
  }
}

const output = process.argv[2];
if (import.meta.filename === process.argv[1] && output !== undefined) {
  const compiled = await compileCatalogue();
  if ('catalogue' in compiled) {
    writeEntries('hardware', compiled.catalogue.hardware, output);
    writeEntries('model', compiled.catalogue.models, output);
    writeEntries('model-index', {[modelIndexName]: compiled.catalogue.modelIndex}, output);
    writeEntries('frameworks', {[allFrameworks]: compiled.catalogue.frameworks}, output);
  } else {
    console.error(compiled.problems.map(formatProblem).join('\n'));
    process.exitCode = 2;
  }
}
