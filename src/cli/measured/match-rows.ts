import {type MatchedHardware, matchHardware} from '../../calibration/match-hardware.js';
import {matchSoftware} from '../../calibration/match-software.js';
import {type Measurement, type MeasurementRow, readMeasurement} from '../../calibration/measurement.js';
import type {Correction} from '../../calibration/row/correction.js';
import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import type {Transformer} from '../../model/transformer.js';
import {listHardware, listModels, readHardware, readModel} from '../../plan-file/library/library.js';
import {suggestion} from '../../plan-file/nearest-word.js';
import {type Problem, sortProblems} from '../../plan-file/problem.js';
import {readCorrections} from './shipped-tables.js';

/** What rows are predicted with where the user says so; null: what the row's own words mean. */
export interface Machines {
  readonly hardware: string | null;
  readonly software: string | null;
}

/** A row of a table with the machine and the stack that it ran on, or why it has none. */
export type MatchedRow =
  | {readonly id: string; readonly reason: string}
  | {
      readonly id: string;
      readonly run: Measurement;
      readonly profile: HardwareProfile;
      /** Name of the stack. */
      readonly software: string;
      readonly stack: SoftwareStack;
    };

/** Reads every row and finds its machine among the profiles that come with walltime, or takes the user's. */
export async function matchRows(
  rows: readonly MeasurementRow[],
  {hardware, software}: Machines,
): Promise<{readonly rows: readonly MatchedRow[]} | {readonly problems: readonly Problem[]}> {
  const read = await Promise.all(
    (hardware === null ? listHardware() : [hardware]).map(name => readHardware(name)),
  );
  const problems = read.flatMap(profile => ('problems' in profile ? profile.problems : []));
  // What is wrong with a file that all profiles share is wrong once.
  if (problems.length > 0) return {problems: sortProblems(problems)};
  const profiles = read.flatMap(profile => ('profile' in profile ? [profile.profile] : []));
  const unknown = software === null ? null : unknownSoftware(software, profiles);
  if (unknown !== null) return {problems: [unknown]};
  return {rows: await matchToProfiles(rows, profiles, {hardware, software})};
}

/** The same among `profiles`; where the user names the hardware they are that one. */
export async function matchToProfiles(
  rows: readonly MeasurementRow[],
  profiles: readonly HardwareProfile[],
  {hardware, software}: Machines,
): Promise<readonly MatchedRow[]> {
  const profileOf = (run: Measurement) =>
    hardware === null
      ? matchHardware(profiles, run.hardware, run.network)
      : profiles[0] === undefined
        ? null
        : {profile: profiles[0], assumption: null};
  const shapes = await readShapes();
  const corrections = readCorrections();
  return rows.map((row, index) =>
    matchRow({...row, id: row.id || `row-${index + 1}`}, {profileOf, software, shapes, corrections}),
  );
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
  readonly profileOf: (run: Measurement) => MatchedHardware<HardwareProfile> | null;
  readonly software: string | null;
  readonly shapes: readonly Transformer[];
  readonly corrections: readonly Correction[];
}

function matchRow(
  row: MeasurementRow & {readonly id: string},
  {profileOf, software, shapes, corrections}: Choices,
): MatchedRow {
  const {id} = row;
  const read = readMeasurement(row, shapes, corrections);
  if ('skipped' in read) return {id, reason: read.skipped.reason};
  const matched = profileOf(read.measurement);
  if (matched === null) {
    return {id, reason: `no hardware profile matches "${read.measurement.hardware}": --hardware chooses one`};
  }
  const {profile, assumption} = matched;
  const {assumptions} = read.measurement;
  const run =
    assumption === null ? read.measurement : {...read.measurement, assumptions: [...assumptions, assumption]};
  const name = software ?? matchSoftware(Object.keys(profile.software), run.framework, profile.accelerator);
  const known = profile.software[name];
  if (known === undefined) return {id, reason: `${profile.name} has no software stack ${name}`};
  return {id, run, profile, software: name, stack: known.stack};
}
