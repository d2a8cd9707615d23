import {InvalidArgumentError} from 'commander';
import type {SearchShard} from '../search/search-result.js';

/** Text of an option as a whole number that is not negative. */
export function parseWholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number, such as 3.');
  return Number(text);
}

/** Text of an option as a whole number above zero. */
export function parsePositiveWholeNumber(text: string): number {
  const value = parseWholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('Write a number above 0.');
  return value;
}

/** Text of an option as a share: `20%`, `20 %` or `0.2`. */
export function share(text: string): number {
  const {number, percent} = /^(?<number>\d+(?:\.\d+)?)\s*(?<percent>%)?$/.exec(text)?.groups ?? {};
  const value = Number(number) / (percent === undefined ? 1 : 100);
  if (!(value > 0)) throw new InvalidArgumentError('Write a share above 0, such as 20% or 0.2.');
  return value;
}

/** Text of an option as a shard: `2/7` is the second of seven, `auto` is the one of the job's own index. */
export function shard(text: string): SearchShard {
  if (text === 'auto') return shardOfJob(process.env);
  const {number, count} = /^(?<number>\d{1,6})\/(?<count>\d{1,6})$/.exec(text)?.groups ?? {};
  const [index, of] = [Number(number) - 1, Number(count)];
  if (!(index >= 0 && index < of)) {
    throw new InvalidArgumentError('Write which shard of how many, from 1/2 to 2/2, or auto.');
  }
  return {index, of};
}

/** The shard of a task of a Slurm job array, or of a pod of an indexed Kubernetes Job, by its environment. */
function shardOfJob(env: Readonly<Record<string, string | undefined>>): SearchShard {
  const {SLURM_ARRAY_TASK_ID: task, SLURM_ARRAY_TASK_COUNT: count, SLURM_ARRAY_TASK_MIN: first} = env;
  const [place, of] =
    task !== undefined
      ? [Number(task) - Number(first ?? 0), Number(count)]
      : [Number(env.JOB_COMPLETION_INDEX), Number(env.JOB_COMPLETIONS)];
  if (!(place >= 0 && place < of)) {
    throw new InvalidArgumentError(
      'auto needs a Slurm job array (SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT) or an indexed Job (JOB_COMPLETION_INDEX and JOB_COMPLETIONS); otherwise write 1/2.',
    );
  }
  return {index: place, of};
}
