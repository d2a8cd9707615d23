import type {Command} from 'commander';
import {readText} from '../plan-file/read-text.js';
import {problemOfFile} from '../plan-file/source.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printProblems} from './answer/output.js';
import {stdoutStyle} from './answer/terminal-style.js';
import {writeReport} from './answer/write-report.js';

export function declareTui(command: Command): void {
  command
    .argument('[file]', 'plan file; absent: four questions make one')
    .addHelpText(
      'after',
      `
walltime without a command opens it too. Without a terminal use walltime plan, simulate or check.

Example:
  $ walltime tui plans/frontier-175b.yaml

Exit status: 0 left with q, 2 bad input or no terminal, 130 left with Ctrl-C`,
    )
    .action(async (file: string | undefined) => {
      process.exitCode = await tui(file ?? null);
    });
}

/** Opens the interactive planner on a plan file, or on the questions that make one. */
export async function tui(file: string | null): Promise<number> {
  const {stdin, stdout, env} = process;
  if (!stdin.isTTY || !stdout.isTTY || env.TERM === 'dumb') return needsTerminal(file);
  const text = file === null ? null : readText(file);
  if (file !== null && text !== null && 'message' in text)
    return printProblems([problemOfFile(file, text)], {json: false});
  const {openTui} = await import('../tui/open.js');
  const status = await openTui({
    file: {path: file, text: text !== null && 'text' in text ? text.text : null},
    surface: stdoutStyle(),
    stdin,
    stdout,
    writeReport,
  });
  // At once: a terminal that went away must not keep the process.
  process.exit(status);
}

function needsTerminal(file: string | null): ExitCode {
  const instead =
    file === null
      ? 'use walltime plan FILE, or walltime --help for all commands'
      : `use walltime plan ${file}`;
  process.stderr.write(`walltime: the interactive planner needs a terminal  (${instead})\n`);
  return exitCodes.badInput;
}
