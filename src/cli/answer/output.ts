import {formatProblem, type Problem} from '../../plan-file/problem.js';
import {version} from '../version.js';
import {type ExitCode, exitCodes} from './exit-code.js';

/** Text, a line each. */
export function printLines(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** One JSON document. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Prints problems of the input to standard error, one a line. */
export function printProblems(problems: readonly Problem[], {json}: {readonly json: boolean}): ExitCode {
  process.stderr.write(problemLines(problems));
  if (json) printJson({walltime: version, problems});
  return exitCodes.badInput;
}

/** Cells that are shown one by one; a table may have thousands. */
const mostFaults = 50;

/** Prints the parts of the input that are left out of the answer on the standard error. */
export function printFaults(faults: readonly Problem[]): void {
  const others = faults.length - mostFaults;
  process.stderr.write(problemLines(faults.slice(0, mostFaults)));
  if (others > 0) process.stderr.write(`and ${others} more\n`);
}

function problemLines(problems: readonly Problem[]): string {
  return problems.map(problem => `${formatProblem(problem)}\n`).join('');
}
