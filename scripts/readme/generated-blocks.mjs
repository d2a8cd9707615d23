import {baselineTable, noiseSentence} from './baselines.mjs';
import {bulkSourceTable} from './bulk-sources.mjs';
import {example} from './example.mjs';
import {exportTargetTable} from './export-targets.mjs';
import {fittedConstants} from './fitted-constants.mjs';
import {frontierScaling, frontierThroughputs} from './frontier.mjs';
import {heldOutTable} from './held-out.mjs';
import {activationShares, layerMemory} from './layer-memory.mjs';
import {libraryExample} from './library-example.mjs';
import {planFile} from './plan-file.mjs';
import {publishedRuns} from './published-runs.mjs';
import {shippedFiles} from './shipped-files.mjs';
import {skippedRows} from './skipped-rows.mjs';
import {sourceTable} from './sources.mjs';
import {stepTimes} from './step-times.mjs';
import {terminalPicture} from './terminal-picture.mjs';
import {timeOptimalSize, wideOrDeep} from './time-aware.mjs';
import {validation} from './validation.mjs';

/**
 * Every generated block of README.md; null where its data are not here.
 *
 * @type {Readonly<Record<string, () => Promise<string | null> | string>>}
 */
export const generatedBlocks = {
  picture: () => example('walltime plan plans/frontier-175b.yaml'),
  terminal: () =>
    terminalPicture('plans/frontier-175b-dash2023.yaml', {
      keys: 'l',
      expected: ['where the groups lie', '█ forward'],
    }),
  'plan-file': () => planFile('plans/frontier-175b-dash2023.yaml'),
  sensitivity: () => example('walltime plan plans/studies/llama-3-8b-designs.yaml --sensitivity'),
  study: () => example('walltime plan plans/studies/llama-3-on-machines.yaml'),
  simulate: () => example('walltime simulate plans/frontier-175b-dash2023.yaml', {lines: 34}),
  hardware: () => example('walltime hardware show frontier-mi250x', {lines: 30}),
  model: () => example('walltime model show gpt3-175b', {lines: 24}),
  validate: () => example('walltime validate', {lines: 25}),
  scale: () => example('walltime scale plans/scale-64-h100.yaml'),
  'time-optimal-size': () => timeOptimalSize(),
  'wide-or-deep': () => wideOrDeep(),
  check: () => example('walltime check plans/frontier-175b.yaml plans/frontier-1t.yaml'),
  compare: () =>
    example('walltime compare plans/llama-3-70b-h100.yaml --hardware a100-80gb,h100-sxm,mi300x --sort time'),
  export: () => example('walltime export plans/frontier-175b-dash2023.yaml --to megatron', {lines: 26}),
  'export-targets': () => exportTargetTable(),
  library: () => libraryExample(),
  'shipped-files': () => shippedFiles(),
  'wrong-input': () => example('walltime simulate plans/frontier-175.yaml', {status: 2}),
  commands: () => example('walltime --help'),
  korthikanti: () => stepTimes('korth22'),
  narayanan: () => stepTimes('sc21t1'),
  'frontier-throughput': () => frontierThroughputs(),
  'frontier-scaling': () => frontierScaling(),
  'published-runs': () => publishedRuns(),
  'layer-memory': () => layerMemory(),
  'activation-shares': () => activationShares(),
  sources: async () => {
    const {summary} = await validation();
    return sourceTable([...summary.sources, summary]);
  },
  baselines: async () => {
    const {summary} = await validation();
    return `${baselineTable(summary)}\n\n${noiseSentence(summary)}`;
  },
  skipped: async () => skippedRows((await validation()).rows),
  'bulk-sources': () => bulkSourceTable(),
  'held-out': () => heldOutTable(),
  'fitted-constants': () => fittedConstants(),
};

/**
 * New contents of the named blocks, and which of them cannot be had here.
 *
 * @param {readonly string[]} names
 */
export async function renderBlocks(names) {
  const unknown = names.filter(name => !Object.hasOwn(generatedBlocks, name));
  if (unknown.length > 0) throw new Error(`nothing generates ${unknown.join(', ')}`);
  const texts = await Promise.all(names.map(async name => ({name, text: await generatedBlocks[name]?.()})));
  const contents = /** @type {Record<string, string>} */ ({});
  for (const {name, text} of texts) if (typeof text === 'string') contents[name] = text;
  return {contents, unavailable: names.filter(name => !Object.hasOwn(contents, name))};
}
