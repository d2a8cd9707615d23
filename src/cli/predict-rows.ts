import {stepWork} from '../calibration/baselines/step-work.js';
import {configurationOf} from '../calibration/configuration.js';
import {matchHardware} from '../calibration/match-hardware.js';
import {matchSoftware} from '../calibration/match-software.js';
import {type Measurement, type MeasurementRow, readMeasurement} from '../calibration/measurement.js';
import {predictMeasurement} from '../calibration/predict-measurement.js';
import {sourceOf, sweepOf} from '../calibration/sweep.js';
import type {ValidationRow} from '../calibration/validation.js';
import type {Transformer} from '../model/transformer.js';
import type {HardwareProfile} from '../plan-file/hardware/hardware-profile.js';
import {makeCluster} from '../plan-file/hardware/make-cluster.js';
import {listHardware, listModels, readHardware, readModel} from '../plan-file/library.js';
import {suggestion} from '../plan-file/nearest-word.js';
import type {Problem} from '../plan-file/problem.js';

/** What rows are predicted with where the user says so; null: what the row's own words mean. */
export interface Machines {
  readonly hardware: string | null;
  readonly software: string | null;
}

/** Predicts every row of tables of measured runs; what cannot be predicted says why. */
export async function predictRows(
  rows: readonly MeasurementRow[],
  {hardware, software}: Machines,
): Promise<{readonly rows: readonly ValidationRow[]} | {readonly problems: readonly Problem[]}> {
  const read = await Promise.all(
    (hardware === null ? listHardware() : [hardware]).map(name => readHardware(name)),
  );
  const problems = read.flatMap(profile => ('problems' in profile ? profile.problems : []));
  if (problems.length > 0) return {problems};
  const profiles = read.flatMap(profile => ('profile' in profile ? [profile.profile] : []));
  const unknown = software === null ? null : unknownSoftware(software, profiles);
  if (unknown !== null) return {problems: [unknown]};
  const profileOf = (run: Measurement) =>
    hardware === null ? matchHardware(profiles, run.hardware, run.network) : (profiles[0] ?? null);
  const shapes = await readShapes();
  return {rows: rows.map((row, index) => predictRow(row, index, {profileOf, software, shapes}))};
}

function unknownSoftware(software: string, profiles: readonly HardwareProfile[]): Problem | null {
  const known = [...new Set(profiles.flatMap(profile => Object.keys(profile.software)))].sort();
  if (known.includes(software)) return null;
  const message = `unknown software stack "${software}"`;
  return {file: '--software', line: 1, column: 1, path: '', message, hint: suggestion(software, known)};
}

/** Shapes of the presets: rows of mixtures of experts state only part of theirs. */
async function readShapes(): Promise<readonly Transformer[]> {
  const read = await Promise.all(listModels().map(name => readModel(name)));
  return read.flatMap(model => ('profile' in model ? [model.profile.model] : []));
}

interface Choices {
  readonly profileOf: (run: Measurement) => HardwareProfile | null;
  readonly software: string | null;
  readonly shapes: readonly Transformer[];
}

function predictRow(
  row: MeasurementRow,
  index: number,
  {profileOf, software, shapes}: Choices,
): ValidationRow {
  const id = row.id || `row-${index + 1}`;
  const source = sourceOf(id);
  const skip = (reason: string): ValidationRow => ({status: 'skipped', id, source, reason});
  const read = readMeasurement({...row, id}, shapes);
  if ('skipped' in read) return skip(read.skipped.reason);
  const run = read.measurement;
  const profile = profileOf(run);
  if (profile === null) return skip(`no hardware profile matches "${run.hardware}"`);
  const stack = software ?? matchSoftware(Object.keys(profile.software), run.framework, profile.accelerator);
  const known = profile.software[stack];
  if (known === undefined) return skip(`${profile.name} has no software stack ${stack}`);
  const predicted = predictMeasurement(run, makeCluster(profile, known.stack, run.numDevices));
  if ('reason' in predicted) return skip(predicted.reason);
  return {
    status: 'predicted',
    id,
    source,
    sweep: sweepOf(run),
    configuration: configurationOf(run),
    framework: run.framework,
    confidence: run.confidence,
    hardware: profile.name,
    software: stack,
    work: stepWork(run, profile.accelerator),
    assumptions: run.assumptions,
    measured: run.measured,
    predicted,
  };
}
