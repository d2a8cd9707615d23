import {runWalltime} from './run-walltime.mjs';

/**
 * A command as a reader types it, and what it prints in a terminal of 80 columns.
 *
 * @param {string} command `walltime ...`
 * @param {{readonly lines?: number, readonly status?: number}} [expected] lines to show of a long
 *   answer (what is left out is counted in a last line), and the exit status if it is not 0
 */
export async function example(command, {lines = Number.POSITIVE_INFINITY, status = 0} = {}) {
  const answer = await runWalltime(command.split(' ').slice(1));
  if (answer.status !== status) {
    throw new Error(`${command} ended with ${answer.status} instead of ${status}: ${answer.stderr}`);
  }
  const printed = `${answer.stdout}${answer.stderr}`.trimEnd().split('\n');
  const left = printed.length - lines;
  const shown = left > 0 ? [...printed.slice(0, lines), `[... ${left} more lines]`] : printed;
  const comment = status === 0 ? '' : `  # exit status ${status}`;
  return ['```sh', `npx ${command}${comment}`, '```', '```text', ...shown, '```'].join('\n');
}
