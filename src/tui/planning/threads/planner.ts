import {Worker} from 'node:worker_threads';
import type {Job, Reply, Topic} from '../answers.js';

/** Answers jobs in the background. */
export interface Planner {
  /** A newer job of the same topic takes the place of the older one, whose replies are dropped. */
  request(job: Job): void;
  close(): void;
}

export interface Listener {
  replied(reply: Reply): void;
  /** The newest job of the topic has had its last reply. */
  finished(topic: Topic): void;
  failed(error: unknown): void;
}

/** A message to the worker, and one from it. */
export interface Request {
  readonly id: number;
  readonly job: Job;
}
export interface Answered {
  readonly id: number;
  readonly reply: Reply | null;
}

/** The threads of the planner; each starts when it is first needed. */
export type Thread = 'quick' | 'slow' | 'background';

/**
 * What the cursor is on does not wait for topics that search many plans, and nobody waits for what is worked
 * out behind every plan.
 */
const threads: Readonly<Record<Topic, Thread>> = {
  plan: 'quick',
  trial: 'quick',
  timeline: 'quick',
  calendar: 'quick',
  compare: 'slow',
  outer: 'slow',
  sizes: 'slow',
  report: 'slow',
  sensitivity: 'background',
};

/**
 * A planner on threads of its own, so that the screen never waits for it.
 *
 * @param script the threads' entry
 */
export function startPlanner(script: URL, listener: Listener): Planner {
  const desk = makeDesk(listener);
  const workers = new Map<Thread, Worker>();
  const start = (thread: Thread): Worker => {
    const worker = new Worker(script, {workerData: thread});
    worker.on('message', ({id, reply}: Answered) => desk.answered(id, reply));
    worker.on('error', error => listener.failed(error));
    workers.set(thread, worker);
    return worker;
  };
  return {
    request: job => {
      const thread = threads[job.topic];
      const worker = workers.get(thread) ?? start(thread);
      worker.postMessage({id: desk.take(job), job} satisfies Request);
    },
    close: () => {
      for (const worker of workers.values()) worker.terminate().catch(() => undefined);
    },
  };
}

/** Numbers jobs and lets through the replies to the newest of each topic. */
function makeDesk(listener: Listener) {
  const newest = new Map<Topic, number>();
  let count = 0;
  return {
    take(job: Job): number {
      count += 1;
      newest.set(job.topic, count);
      return count;
    },
    answered(id: number, reply: Reply | null): void {
      const topic = [...newest].find(([, known]) => known === id)?.[0];
      if (topic === undefined) return;
      if (reply === null) listener.finished(topic);
      else listener.replied(reply);
    },
  };
}
