import type {RandomSource} from '../random/random-source.js';
import type {FailureProcess} from './failure-process.js';

/** A segment of work with its restart that is this many times the mean time between failures holds once in e^4 tries. */
const hopeless = 4;

/**
 * Wall-clock of one run of `workSeconds` with failures drawn at random, seconds.
 *
 * Jumps from failure to failure: of the time that one leaves, whole segments of work with their
 * checkpoints are kept. Allocates one ring of repairs a run. Infinity where the job hardly gets on.
 */
export function simulateRun(job: FailureProcess, workSeconds: number, random: RandomSource): number {
  const {meanTimeBetweenFailures: mean, pause, restart, spares} = job;
  const interval = Math.min(job.interval, workSeconds);
  const whole = workSeconds + pause * Math.ceil(workSeconds / interval);
  if (mean === Infinity) return whole;
  if ((interval + pause + restart) / mean > hopeless) return Infinity;
  const repairs = spares === null ? null : new Float64Array(spares.nodes + 1);
  let left = workSeconds;
  let clock = 0;
  let taken = 0;
  for (;;) {
    const until = -mean * Math.log(random());
    const needed = left + pause * Math.ceil(left / interval);
    if (until >= needed) return clock + needed;
    clock += until;
    left -= interval * Math.floor(until / (interval + pause));
    let again = true;
    while (again) {
      if (spares !== null && repairs !== null && random() <= spares.nodeShare) {
        repairs[taken % repairs.length] = clock + spares.repair;
        taken += 1;
        // One more node is away than stand by until the oldest of these repairs ends; they end in order.
        clock = Math.max(clock, repairs[taken % repairs.length] as number);
      }
      const next = -mean * Math.log(random());
      again = next < restart;
      clock += again ? next : restart;
    }
  }
}
