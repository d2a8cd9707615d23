import {Worker} from 'node:worker_threads';
import type {Job, JobKind} from '../job.js';
import {jobSchedules, type ThreadName} from '../job-kinds.js';
import type {Reply} from '../reply.js';

/** Answers jobs on other threads. */
export interface Planner {
  /** A newer job of a kind replaces the older one, whose replies are dropped. */
  request(job: Job): void;
  close(): void;
}

export interface PlannerListener {
  replied(reply: Reply): void;
  failed(error: unknown): void;
}

/** A job on its way to a thread. */
export interface JobMessage {
  readonly id: number;
  readonly job: Job;
}

/** A reply on its way back; null: the job has ended. */
export interface ReplyMessage {
  readonly id: number;
  readonly reply: Reply | null;
}

/** Starts a planner whose threads run `script`. The screen never waits for it. */
export function startPlanner(script: URL, listener: PlannerListener): Planner {
  const tracker = makeRequestTracker(listener);
  const workers = new Map<ThreadName, Worker>();
  const start = (thread: ThreadName): Worker => {
    const worker = new Worker(script, {workerData: thread});
    worker.on('message', (message: ReplyMessage) => tracker.receive(message));
    worker.on('error', error => listener.failed(error));
    workers.set(thread, worker);
    return worker;
  };
  return {
    request: job => {
      const {thread} = jobSchedules[job.kind];
      const worker = workers.get(thread) ?? start(thread);
      worker.postMessage({id: tracker.add(job), job} satisfies JobMessage);
    },
    close: () => {
      for (const worker of workers.values()) worker.terminate().catch(() => undefined);
    },
  };
}

/** Numbers jobs and passes on the replies to the newest job of each kind. */
function makeRequestTracker(listener: PlannerListener) {
  const newest = new Map<JobKind, number>();
  let count = 0;
  return {
    add(job: Job): number {
      count += 1;
      newest.set(job.kind, count);
      return count;
    },
    receive({id, reply}: ReplyMessage): void {
      if (reply !== null && newest.get(reply.kind) === id) listener.replied(reply);
    },
  };
}
