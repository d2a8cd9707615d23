import type {FailureProcess, SparePool} from './failure-process.js';

/** Expected wall-clock by what it goes to; the parts add up to the run. */
export interface ExpectedRun {
  /** Work that counts. */
  readonly workSeconds: number;
  readonly checkpointSeconds: number;
  /** Work since the last checkpoint, done again after a failure. */
  readonly lostSeconds: number;
  /** Time from failures to the next steps. */
  readonly restartSeconds: number;
  /** Time without a node to go on with. */
  readonly waitingSeconds: number;
  readonly totalSeconds: number;
  readonly failures: number;
}

/**
 * Mean of a run of `workSeconds` under failures at a constant rate, in closed form.
 *
 * With x = (tau + delta) / M a segment of work is tried e^x times before it holds, so that
 * T = M e^(R/M) (e^x - 1) T_work / tau. Spares run out as the circuits of a loss system do: see
 * `blockedShare`.
 *
 * @see Daly 2006, "A higher order estimate of the optimum checkpoint interval for restart dumps", eq. 20 (recalled)
 */
export function expectedRun(job: FailureProcess, workSeconds: number): ExpectedRun {
  const {meanTimeBetweenFailures: mean, interval, pause, restart, spares} = job;
  const segment = Math.min(interval, workSeconds);
  const checkpointSeconds = (pause * workSeconds) / segment;
  if (mean === Infinity) {
    const totalSeconds = workSeconds + checkpointSeconds;
    const none = {lostSeconds: 0, restartSeconds: 0, waitingSeconds: 0, failures: 0};
    return {workSeconds, checkpointSeconds, ...none, totalSeconds};
  }
  const interrupted = (Math.expm1((segment + pause) / mean) * workSeconds) / segment;
  const restartSeconds = interrupted * mean * Math.expm1(restart / mean);
  const lostSeconds = interrupted * mean - workSeconds - checkpointSeconds;
  const running = interrupted * mean + restartSeconds;
  const blocked = spares === null ? 0 : blockedShare(spares, mean);
  const totalSeconds = running / (1 - blocked);
  return {
    workSeconds,
    checkpointSeconds,
    lostSeconds,
    restartSeconds,
    waitingSeconds: totalSeconds - running,
    totalSeconds,
    failures: running / mean,
  };
}

/**
 * Share of the time in which more nodes are in repair than stand by, so that the job waits.
 *
 * A job that waits does not fail: nodes in repair are the busy servers of an Erlang loss system with one
 * server more than there are spares, whatever the distribution of the repair time.
 *
 * @see Erlang 1917; the recursion is the usual one (recalled)
 */
function blockedShare({nodes, repair, nodeShare}: SparePool, meanTimeBetweenFailures: number): number {
  const load = (nodeShare * repair) / meanTimeBetweenFailures;
  let blocked = 1;
  for (let servers = 1; servers <= nodes + 1; servers += 1) {
    blocked = (load * blocked) / (servers + load * blocked);
  }
  return blocked;
}
