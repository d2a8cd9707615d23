import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Correction} from '../../calibration/rows/corrections.js';
import type {RowKnowledge} from '../../calibration/rows/infer.js';
import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {readCsvTable} from '../../import/csv-table.js';
import {listHardware, readHardware} from '../library/library.js';
import {readAllModels} from '../library/models/all-models.js';
import {presetPath} from '../library/presets.js';
import {type Problem, sortProblems} from '../problem.js';

/** The published runs that come with the package. */
export function publishedRunsFile(): string {
  return shippedTable('published-runs.csv');
}

/** What the package knows of rows besides the rows themselves. */
export async function readRowKnowledge(): Promise<RowKnowledge> {
  const models = (await readAllModels()).map(({model}) => model);
  return {models, corrections: readCorrections()};
}

/** Every machine that comes with the package. */
export async function readAllHardware(): Promise<
  {readonly profiles: readonly HardwareProfile[]} | {readonly problems: readonly Problem[]}
> {
  const read = await Promise.all(listHardware().map(name => readHardware(name)));
  const problems = read.flatMap(profile => ('problems' in profile ? profile.problems : []));
  // A mistake in a file that all profiles share counts once.
  if (problems.length > 0) return {problems: sortProblems(problems)};
  return {profiles: read.flatMap(profile => ('profile' in profile ? [profile.profile] : []))};
}

/** What is known of published tables better than they state it. */
export function readCorrections(): readonly Correction[] {
  const table = readCsvTable(readFileSync(shippedTable('corrections.csv'), 'utf8'));
  if ('problems' in table) throw new Error(`corrections.csv: ${table.problems[0]?.message}`);
  return table.rows.map(({source = '', column = '', value = '', evidence = ''}) => {
    if (source === '' || column === '') throw new Error('corrections.csv: a row without source or column');
    return {source, column, value, evidence};
  });
}

function shippedTable(name: string): string {
  return join(dirname(presetPath('hardware', 'any')), 'measurements', name);
}
