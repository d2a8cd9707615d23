import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {inferRun} from '../../src/calibration/rows/infer.js';
import type {Measurement} from '../../src/calibration/rows/measurement.js';
import {parseRow} from '../../src/calibration/rows/parse-row.js';
import type {Cluster} from '../../src/cluster/cluster.js';
import {makeCluster} from '../../src/cluster/make-cluster.js';
import {readCsvTable, type TableRow} from '../../src/import/csv-table.js';
import {estimateStep, type StepEstimate} from '../../src/pipeline/estimate.js';
import {readHardware} from '../../src/plan-file/library/library.js';

const shipped = new URL('../../hardware-profiles/measurements/', import.meta.url);

/** Rows of a table of published figures that ships with the package. */
export function publishedRows(file: string): readonly TableRow[] {
  const read = readCsvTable(readFileSync(fileURLToPath(new URL(file, shipped)), 'utf8'));
  if ('problems' in read) throw new Error(`${file}: ${read.problems[0]?.message}`);
  return read.rows;
}

/** Runs of one source, high confidence, that can be predicted. */
export function publishedRuns(prefix: string): readonly Measurement[] {
  return publishedRows('published-runs.csv')
    .filter(row => row.id?.startsWith(`${prefix}-`) && row.confidence === 'high')
    .map(row => inferRun(parseRow(row), {models: [], corrections: []}))
    .flatMap(inferred => ('reason' in inferred ? [] : [inferred.measurement]));
}

/** A cluster of a shipped profile. */
export async function clusterOf(hardware: string, numDevices: number, stack: string): Promise<Cluster> {
  const read = await readHardware(hardware);
  if ('problems' in read) throw new Error(read.problems.map(problem => problem.message).join('\n'));
  const {profile} = read;
  const software = profile.software[stack]?.stack;
  if (software === undefined) throw new Error(`${hardware} knows no stack ${stack}`);
  return makeCluster(profile, software, numDevices);
}

export async function predict(run: Measurement, hardware: string, stack: string): Promise<StepEstimate> {
  const cluster = await clusterOf(hardware, run.numDevices, stack);
  const estimate = estimateStep({model: run.model, cluster, training: run.training, layout: run.layout});
  return estimate;
}

/** Predicted over measured step time, minus one, of each run of a source. */
export async function stepErrors(
  prefix: string,
  hardware: string,
  stack: string,
): Promise<readonly number[]> {
  return Promise.all(
    publishedRuns(prefix).map(async run => {
      const {seconds} = await predict(run, hardware, stack);
      return seconds / (run.measured.stepSeconds as number) - 1;
    }),
  );
}

export function meanAbsolute(errors: readonly number[]): number {
  return errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
}

export function worst(errors: readonly number[]): number {
  return Math.max(...errors.map(Math.abs));
}
