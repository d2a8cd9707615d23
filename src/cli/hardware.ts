import type {Command} from 'commander';
import {listHardware, readHardware} from '../plan-file/library/library.js';
import {hardwareJson} from '../report/json/hardware-json.js';
import {renderHardware} from '../report/text/hardware-text.js';
import {renderList} from '../report/text/list-text.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printLines, printProblems} from './answer/output.js';
import {stdoutStyle} from './answer/page.js';
import {version} from './version.js';

interface HardwareOptions {
  readonly json: boolean;
}

export function declareHardware(command: Command): void {
  command.usage('[list | show <name>] [options]').addHelpText(
    'after',
    `
Example:
  $ walltime hardware show frontier-mi250x

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
