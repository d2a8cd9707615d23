import {Command, CommanderError} from 'commander';
import {crashLines} from './answer/crash.js';
import {exitCodes} from './answer/exit-code.js';
import {type CommandEntry, commands} from './commands.js';
import {version} from './version.js';

/*
 * The entry of the command line. It imports as little as it can: the file of a command is loaded when
 * the command is called, so that `walltime --help` costs little more than an empty Node.
 *
 * Interrupts are left to Node, which ends the process at once with the status of the signal (130 in a
 * shell); a handler would have to wait until a busy loop is over.
 */

const entries: Readonly<Record<string, CommandEntry>> = commands;

process.stdout.on('error', error => {
  // The reader has seen enough: `walltime plan x.yaml | head -1`.
  if ('code' in error && error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

async function main(args: readonly string[]): Promise<void> {
  const program = makeProgram();
  for (const [name, {summary}] of Object.entries(entries)) program.command(name).description(summary);
  const called = args[0] === 'help' ? args[1] : args[0];
  const entry = called !== undefined && Object.hasOwn(entries, called) ? entries[called] : undefined;
  const command = program.commands.find(known => known.name() === called);
  if (entry !== undefined && command !== undefined) (await entry.load())(command);
  if (args.length === 0) process.exitCode = await (await import('./tui.js')).tui(null);
  else await program.parseAsync(args, {from: 'user'});
}

function makeProgram(): Command {
  return new Command('walltime')
    .description('Simulator and parallelism planner for distributed training of transformer language models.')
    .usage('<command> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(--help says more)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Example:
  $ walltime plan plans/frontier-175b.yaml

Exit status: 0 done, 1 no plan meets the goal, 2 bad input, 70 a mistake of walltime's own`,
    );
}

function exitCodeOf(error: unknown): number {
  // Help and version end with status 0; everything else that commander objects to is the user's input.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  const debug = Boolean(process.env.WALLTIME_DEBUG);
  process.stderr.write(`${crashLines(error, debug).join('\n')}\n`);
  return exitCodes.internal;
}
