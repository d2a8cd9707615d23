import {readFileSync} from 'node:fs';
import path from 'node:path';
import {type CalibrationRun, calibrationRuns} from '../../src/calibration/fit/calibration-runs.js';
import {stackFacts} from '../../src/calibration/fit/stack-facts.js';
import {hardwareMatcher} from '../../src/calibration/match-hardware.js';
import {type MatchedRow, matchRow} from '../../src/calibration/rows/match.js';
import {predictMeasurement} from '../../src/calibration/rows/predict.js';
import {groupBy} from '../../src/calibration/statistics.js';
import type {HardwareProfile} from '../../src/cluster/hardware-profile.js';
import {makeCluster} from '../../src/cluster/make-cluster.js';
import type {Frameworks} from '../../src/plan-file/frameworks/framework-data.js';
import {readHardwareText} from '../../src/plan-file/hardware/read-hardware.js';
import {readFrameworks} from '../../src/plan-file/library/framework-files.js';
import {listHardware} from '../../src/plan-file/library/library.js';
import {shippedParts} from '../../src/plan-file/library/part-files.js';
import {readRunTables} from '../../src/plan-file/tables/read-run-tables.js';
import {readRowKnowledge} from '../../src/plan-file/tables/row-knowledge.js';

export const facts = stackFacts(new Set(['fp8', 'mxfp8', 'nvfp4']));

/** A table of runs, and the profiles of the package as they stand before any fit of stacks. */
export interface Evidence {
  readonly root: string;
  readonly table: string;
  /** Ids of every row of the table. */
  readonly ids: readonly string[];
  readonly profiles: readonly HardwareProfile[];
  /** Frameworks as they are stated. */
  readonly frameworks: Frameworks;
  /** Of each run `software` is the stack that it is fitted with. */
  readonly runs: readonly CalibrationRun[];
  /** By stack: logarithms of predicted over measured memory. */
  readonly memory: ReadonlyMap<string, readonly number[]>;
}

/**
 * Reads the table, and the profiles with the frameworks as they are stated, without what was fitted.
 *
 * @param without beginnings of the ids of rows that are left out
 */
export async function readEvidence(
  root: string,
  table: string,
  without: readonly string[] = [],
): Promise<Evidence> {
  const folder = path.join(root, 'hardware-profiles');
  const frameworks = await statedFrameworks();
  const profileContext = {frameworks, parts: shippedParts()};
  const read = await Promise.all(
    listHardware().map(name => {
      const file = `${name}.yaml`;
      const text = readFileSync(path.join(folder, file), 'utf8');
      return readHardwareText({path: file, text}, profileContext);
    }),
  );
  const profiles = read.map(profile => {
    if ('problems' in profile) throw new Error(JSON.stringify(profile.problems));
    return profile.profile;
  });
  const runs = readRunTables([table]);
  if ('problems' in runs) throw new Error(JSON.stringify(runs.problems));
  const machineNamed = hardwareMatcher(profiles);
  const context = {...(await readRowKnowledge()), machineNamed, software: null};
  const matched = runs.rows
    .filter(({id}) => !without.some(prefix => id.startsWith(prefix)))
    .map(row => matchRow(row, context));
  const fittedWith = (software: string) => frameworks[software]?.fittedWith ?? software;
  return {
    root,
    table: path.basename(table),
    ids: runs.rows.map(({id}) => id),
    profiles,
    frameworks,
    runs: calibrationRuns(matched).map(run => ({...run, software: fittedWith(run.software)})),
    memory: memoryErrors(matched, fittedWith),
  };
}

function memoryErrors(
  rows: readonly MatchedRow[],
  fittedWith: (software: string) => string,
): ReadonlyMap<string, readonly number[]> {
  const errors = rows.flatMap(row => {
    if ('reason' in row) return [];
    const {run, profile, software, stack} = row;
    const measured = run.measured.peakMemoryBytes;
    if (measured === null) return [];
    const predicted = predictMeasurement(run, makeCluster(profile, stack, run.numDevices));
    if ('reason' in predicted) return [];
    return [{software: fittedWith(software), error: Math.log(predicted.peakMemoryBytes / measured)}];
  });
  return new Map(
    [...groupBy(errors, ({software}) => software)].map(([software, own]) => [
      software,
      own.map(({error}) => error),
    ]),
  );
}

async function statedFrameworks(): Promise<Frameworks> {
  const read = await readFrameworks();
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return Object.fromEntries(
    Object.entries(read.frameworks).map(([name, data]) => [name, {...data, fitted: {}, rows: []}]),
  );
}
