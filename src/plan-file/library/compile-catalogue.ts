import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {readHardwareText} from '../hardware/read-hardware.js';
import {formatProblem, type Problem, sortProblems} from '../problem.js';
import {readText} from '../read-text.js';
import {type Catalogue, type CatalogueEntry, entryPath, hashTexts} from './catalogue.js';
import {listPresets, type PresetKind, presetPath, stacksFileName} from './presets.js';
import {readModelText} from './read-model.js';

/**
 * Compiles every preset into the catalogue that the built program reads instead of their YAML.
 * Run by the build with the catalogue's folder as its argument.
 */
export async function compileCatalogue(): Promise<
  {readonly catalogue: Catalogue} | {readonly problems: readonly Problem[]}
> {
  const stacksPath = presetPath('hardware', stacksFileName);
  const stacks = textOf(stacksPath);
  const hardware = await compile('hardware', [stacks], (path, text) =>
    readHardwareText({path, text}, {path: stacksPath, text: stacks}),
  );
  const models = await compile('model', [], readModelText);
  const problems = [...hardware.problems, ...models.problems];
  return problems.length > 0
    ? {problems: sortProblems(problems)}
    : {catalogue: {hardware: hardware.entries, models: models.entries}};
}

async function compile<Profile>(
  kind: PresetKind,
  shared: readonly string[],
  read: (
    path: string,
    text: string,
  ) => Promise<{readonly profile: Profile} | {readonly problems: readonly Problem[]}>,
) {
  const entries: Record<string, CatalogueEntry<Profile>> = {};
  const problems: Problem[] = [];
  for (const name of listPresets(kind)) {
    const path = presetPath(kind, name);
    const text = textOf(path);
    const compiled = await read(path, text);
    if ('problems' in compiled) problems.push(...compiled.problems);
    else entries[name] = {hash: hashTexts([text, ...shared]), profile: compiled.profile};
  }
  return {entries, problems};
}

function textOf(path: string): string {
  const read = readText(path);
  if ('text' in read) return read.text;
  throw new Error(`${path} ${read.message}`);
}

function writeEntries(kind: PresetKind, entries: Readonly<Record<string, unknown>>, folder: string): void {
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
  } else {
    console.error(compiled.problems.map(formatProblem).join('\n'));
    process.exitCode = 2;
  }
}
