import type {Job, JobKind} from '../job.js';
import {jobSchedules} from '../job-kinds.js';
import type {Reply} from '../reply.js';

/** Work on a job in slices; each step is a reply, or null between two replies. A job can be dropped after any step. */
export type Work = (job: Job) => AsyncGenerator<Reply | null>;

/** Jobs that wait or run on one thread, at most one of each kind. */
export interface Scheduler {
  request(job: Job, id: number): void;
  /** No job waits or runs. */
  isIdle(): boolean;
}

export interface SchedulerListener {
  /** A reply to the job `id`; null once the job has ended. */
  replied(id: number, reply: Reply | null): void;
  /** An internal error of the work. */
  failed(error: unknown): void;
}

/** Lets messages in between two slices. */
const pauseForMessages = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Runs jobs one slice at a time, the kind of lowest rank first. A newer job of a kind replaces the older one. */
export function makeScheduler(work: Work, {replied, failed}: SchedulerListener): Scheduler {
  const running = new Map<JobKind, {readonly id: number; readonly steps: AsyncGenerator<Reply | null>}>();
  let awake = false;
  const run = async () => {
    for (;;) {
      const kind = mostUrgent([...running.keys()]);
      const current = kind === null ? undefined : running.get(kind);
      if (kind === null || current === undefined) break;
      const {value, done} = await current.steps.next();
      if (running.get(kind) === current) {
        if (done === true) running.delete(kind);
        if (done === true || value !== null) replied(current.id, done === true ? null : value);
      }
      await pauseForMessages();
    }
    awake = false;
  };
  return {
    request(job, id) {
      running.set(job.kind, {id, steps: work(job)});
      if (awake) return;
      awake = true;
      run().catch(failed);
    },
    isIdle: () => !awake,
  };
}

function mostUrgent(kinds: readonly JobKind[]): JobKind | null {
  const [first, ...others] = kinds;
  if (first === undefined) return null;
  return others.reduce(
    (best, kind) => (jobSchedules[kind].rank < jobSchedules[best].rank ? kind : best),
    first,
  );
}
