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

/** Says what is wrong with the input, each problem on a line of the standard error. */
export function printProblems(problems: readonly Problem[], {json}: {readonly json: boolean}): ExitCode {
  process.stderr.write(problems.map(problem => `${formatProblem(problem)}\n`).join(''));
  if (json) printJson({walltime: version, problems});
  return exitCodes.badInput;
}
