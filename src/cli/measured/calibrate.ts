import {basename} from 'node:path';
import type {Command} from 'commander';
import {type Calibration, calibrate} from '../../calibration/fit/calibrate.js';
import {type CalibrationRun, calibrationRuns} from '../../calibration/fit/calibration-runs.js';
import {stackFacts} from '../../calibration/fit/stack-facts.js';
import {alwaysHardware, hardwareMatcher} from '../../calibration/match-hardware.js';
import {type MatchedRow, matchRow, rowsOfMachine} from '../../calibration/rows/match.js';
import {precisions} from '../../cluster/accelerator.js';
import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {defaultFramework} from '../../frameworks/registry.js';
import {takenPath, writeNewFile} from '../../plan-file/edit/write-new-file.js';
import {writeCalibratedProfile} from '../../plan-file/hardware/calibrated-profile.js';
import {readHardware} from '../../plan-file/library/library.js';
import {suggestion} from '../../plan-file/nearest-word.js';
import type {Problem} from '../../plan-file/problem.js';
import {problemOfFile} from '../../plan-file/source.js';
import {readMeasuredPlan} from '../../plan-file/tables/measured-plan.js';
import {readRunTables} from '../../plan-file/tables/read-run-tables.js';
import {readAllHardware, readRowKnowledge} from '../../plan-file/tables/row-knowledge.js';
import {calibrationJson} from '../../report/json/measured/calibration-json.js';
import {renderCalibration} from '../../report/text/measured/calibration-text.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printFaults, printJson, printLines, printProblems} from '../answer/output.js';
import {stdoutStyle} from '../answer/terminal-style.js';
import {version} from '../version.js';
import {calibrateBench} from './calibrate-bench.js';

interface CalibrateOptions {
  readonly hardware: string;
  readonly software: string;
  readonly from?: string;
  readonly out?: string;
  readonly json: boolean;
}

export function declareCalibrate(command: Command): void {
  command
    .argument('[file...]', 'tables of measured runs (.csv), or plan files with a measured section (.yaml)')
    .option('--hardware <profile>', 'the machine that the runs ran on: a name or a path')
    .option('--software <name>', 'the software stack to fit; a new name starts from --from')
    .option('--bench <json>', 'instead: make a hardware profile of what `hardware measure` measured')
    .option('--from <stack>', 'stack that a new one starts from (default: the neutral one)')
    .option('--out <file>', 'profile to write (default: <hardware>-<software>.yaml here)')
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
Moves the physical facts of a stack (efficiencies, launch times, overlaps) to what the runs say,
within bounds and drawn to what the profile has. Runs that are held out decide how much of the fit is
kept: runs that do not help leave the stack as it was. The written profile names the rows it used; use
it in a plan as cluster: {hardware: ./<file>, software: <name>}.

Example:
  $ walltime calibrate runs.csv --hardware h100-sxm --software my-trainer

Exit status: 0 done, 2 bad input`,
    )
    .action(async (files: string[], options: StatedOptions) => {
      process.exitCode = await calibrateStated(files, options, command);
    });
}

type StatedOptions = Partial<Omit<CalibrateOptions, 'json'>> &
  Pick<CalibrateOptions, 'json'> & {readonly bench?: string};

async function calibrateStated(
  files: readonly string[],
  {bench, hardware, software, ...options}: StatedOptions,
  command: Command,
): Promise<ExitCode> {
  if (bench !== undefined) {
    if (files.length > 0 || software !== undefined || options.from !== undefined) {
      command.error('error: --bench takes no tables of runs, --software or --from');
    }
    return calibrateBench({...options, bench, ...(hardware === undefined ? {} : {hardware})});
  }
  if (files.length === 0) command.error("error: missing required argument 'file'");
  if (hardware === undefined || software === undefined) {
    const option = hardware === undefined ? '--hardware <profile>' : '--software <name>';
    return command.error(`error: required option '${option}' not specified`);
  }
  return run(files, {...options, hardware, software});
}

async function run(files: readonly string[], options: CalibrateOptions): Promise<ExitCode> {
  const machine = await findMachine(options);
  if ('problems' in machine) return printProblems(machine.problems, options);
  const {profile, base} = machine;
  const out = options.out ?? `${basename(profile.name)}-${options.software}.yaml`;
  const taken = takenPath(out);
  if (taken !== null) return printProblems([taken], options);
  const read = await readRuns(files, profile, base);
  if ('problems' in read) return printProblems(read.problems, options);
  const {rows} = read;
  const runs = calibrationRuns(rows);
  if (runs.length === 0) return printProblems([nothingToFit(files, rows)], options);
  const numbers = new Set(rows.flatMap(row => ('run' in row ? [row.run.training.precision] : [])));
  const facts = stackFacts(new Set(precisions.filter(precision => numbers.has(precision))));
  const stack = {...(profile.software[base]?.stack as CalibrationRun['stack']), name: options.software};
  const calibration = calibrate(stack, facts, runs);
  const problem = await write(out, {options, base, files, runs, calibration});
  if (problem !== null) return printProblems([problem], options);
  const skipped = rows.flatMap(row => ('reason' in row ? [row.reason] : []));
  const view = {hardware: profile.name, software: options.software, base, runs, calibration, skipped, out};
  if (options.json) printJson(calibrationJson(view, version));
  else printLines(renderCalibration(stdoutStyle(), view));
  return exitCodes.done;
}

interface Machine {
  readonly profile: HardwareProfile;
  /** The stack that the fit starts from. */
  readonly base: string;
}

async function findMachine({
  hardware,
  software,
  from,
}: CalibrateOptions): Promise<Machine | {readonly problems: readonly Problem[]}> {
  const read = await readHardware(hardware);
  if ('problems' in read) return read;
  const {profile} = read;
  const known = Object.keys(profile.software).sort();
  const base = from ?? (known.includes(software) ? software : defaultFramework);
  if (known.includes(base)) return {profile, base};
  const message = `unknown software stack "${base}"`;
  const hint = suggestion(base, known);
  return {problems: [{file: '--from', line: 1, column: 1, path: '', message, hint}]};
}

/** Rows of tables ran on the given machine unless they name another; plan files state theirs. */
async function readRuns(
  files: readonly string[],
  profile: HardwareProfile,
  base: string,
): Promise<{readonly rows: readonly MatchedRow[]} | {readonly problems: readonly Problem[]}> {
  const isPlan = (file: string) => /\.ya?ml$/i.test(file);
  const plans = await Promise.all(files.filter(isPlan).map(readMeasuredPlan));
  const tables = readRunTables(files.filter(file => !isPlan(file)));
  const known = await readAllHardware();
  const problems = [...plans, tables, known].flatMap(read => ('problems' in read ? read.problems : []));
  if ('problems' in tables || 'problems' in known || problems.length > 0) return {problems};
  printFaults(tables.faults);
  const machineNamed = alwaysHardware(profile);
  const context = {...(await readRowKnowledge()), machineNamed, software: base};
  const matched = tables.rows.map(row => matchRow(row, context));
  return {
    rows: [
      ...rowsOfMachine(matched, profile, hardwareMatcher(known.profiles)),
      ...plans.flatMap(plan => ('run' in plan ? [plan.run] : [])),
    ],
  };
}

function nothingToFit(files: readonly string[], rows: readonly MatchedRow[]): Problem {
  const reason = rows.flatMap(row => ('reason' in row ? [row.reason] : []))[0];
  const message = `has no run that a fit can use${reason === undefined ? '' : `: ${reason}`}`;
  const hint = 'a run needs its step time, its layout and its model';
  return problemOfFile(files[0] ?? '', {message, hint});
}

interface Written {
  readonly options: CalibrateOptions;
  readonly base: string;
  readonly files: readonly string[];
  readonly runs: readonly CalibrationRun[];
  readonly calibration: Calibration;
}

async function write(
  out: string,
  {options, base, files, runs, calibration}: Written,
): Promise<Problem | null> {
  const text = await writeCalibratedProfile(options.hardware, {
    software: options.software,
    base,
    calibration,
    source: {file: files.map(file => basename(file)).join(', '), rows: runs.map(({id}) => id)},
  });
  return 'problem' in text ? text.problem : writeNewFile(out, text.text);
}
