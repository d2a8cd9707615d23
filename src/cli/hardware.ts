import type {Command} from 'commander';
import {writeNewFile} from '../plan-file/edit/write-new-file.js';
import {benchmarkScript} from '../plan-file/library/benchmark-script.js';
import {listHardware, readHardware} from '../plan-file/library/library.js';
import {hardwareJson} from '../report/json/hardware-json.js';
import {renderHardware} from '../report/text/hardware-text.js';
import {renderList} from '../report/text/list-text.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printLines, printProblems} from './answer/output.js';
import {stdoutStyle} from './answer/terminal-style.js';
import {version} from './version.js';

interface HardwareOptions {
  readonly json: boolean;
}

export function declareHardware(command: Command): void {
  command.usage('[list | show <name> | measure] [options]').addHelpText(
    'after',
    `
Examples:
  $ walltime hardware show frontier-mi250x
  $ walltime hardware measure --out measure.py

Exit status: 0 done, 2 bad input`,
  );
  command
    .command('list', {isDefault: true})
    .description('the machines that come with walltime')
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExample:\n  $ walltime hardware list --json')
    .action(async (options: HardwareOptions) => {
      process.exitCode = await list(options);
    });
  command
    .command('show')
    .description('one machine: every figure with its source')
    .argument('<name>', 'a name of the list, or the path of a profile')
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExample:\n  $ walltime hardware show frontier-mi250x')
    .action(async (name: string, options: HardwareOptions) => {
      process.exitCode = await show(name, options);
    });
  command
    .command('measure')
    .description('write the script that measures a machine: one file, for PyTorch 1.13 or later')
    .option('--out <file>', 'file to write (default: the standard output)')
    .option('--json', 'with --out: print one JSON document', false)
    .addHelpText(
      'after',
      `
The script times matrix products, attention, copies, kernel launches, the passes of one layer and, under
torchrun, collectives in a node and between nodes. It takes about five minutes on a GPU, seconds with
--quick, and writes walltime-bench.json; what the release or the device lacks is listed there by name.
Then calibrate makes a profile of the machine, which plans use as cluster: {hardware: ./<file>}.

Example:
  $ walltime hardware measure --out measure.py
  $ torchrun --nproc_per_node 8 measure.py
  $ walltime calibrate --bench walltime-bench.json --out here.yaml

Exit status: 0 done, 2 bad input`,
    )
    .action((options: MeasureOptions) => {
      process.exitCode = measure(options);
    });
}

interface MeasureOptions {
  readonly out?: string;
  readonly json: boolean;
}

function measure({out, json}: MeasureOptions): ExitCode {
  const script = benchmarkScript(version);
  if (out === undefined) {
    process.stdout.write(script);
    return exitCodes.done;
  }
  const problem = writeNewFile(out, script);
  if (problem !== null) return printProblems([problem], {json});
  if (json) printJson({walltime: version, script: out});
  else printLines([`script written: ${out}`]);
  return exitCodes.done;
}

async function list(options: HardwareOptions): Promise<ExitCode> {
  const read = await Promise.all(listHardware().map(name => readHardware(name)));
  const problems = read.flatMap(profile => ('problems' in profile ? profile.problems : []));
  if (problems.length > 0) return printProblems(problems, options);
  const profiles = read.flatMap(profile => ('profile' in profile ? [profile.profile] : []));
  const entries = profiles.map(({name, description}) => ({name, description}));
  if (options.json) printJson({walltime: version, hardware: entries});
  else printLines(renderList(stdoutStyle(), entries));
  return exitCodes.done;
}

async function show(name: string, options: HardwareOptions): Promise<ExitCode> {
  const read = await readHardware(name);
  if ('problems' in read) return printProblems(read.problems, options);
  if (options.json) printJson(hardwareJson(read.profile, version));
  else printLines(renderHardware(stdoutStyle(), read.profile));
  return exitCodes.done;
}
