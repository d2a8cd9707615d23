import {Worker} from 'node:worker_threads';
import type {Job, Reply, Topic} from './answers.js';

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

/** Whether somebody waits for the answers of a thread. */
export type Urgency = 'quick' | 'slow';

/** Topics that search many plans; what the cursor is on does not wait for them. */
const slowTopics: ReadonlySet<Topic> = new Set<Topic>(['sensitivity', 'compare', 'outer', 'sizes', 'report']);

/**
 * A planner on threads of its own, so that the screen never waits for it; the second one starts when it is
 * needed.
 *
 * @param script the threads' entry
 */
export function startPlanner(script: URL, listener: Listener): Planner {
  const desk = makeDesk(listener);
  const start = (urgency: Urgency): Worker => {
    const worker = new Worker(script, {workerData: urgency});
    worker.on('message', ({id, reply}: Answered) => desk.answered(id, reply));
    worker.on('error', error => listener.failed(error));
    return worker;
  };
  const quick = start('quick');
  let slow: Worker | null = null;
  return {
    request: job => {
      if (slowTopics.has(job.topic)) slow ??= start('slow');
      const worker = slowTopics.has(job.topic) ? slow : quick;
      worker?.postMessage({id: desk.take(job), job} satisfies Request);
    },
    close: () => {
      for (const worker of [quick, slow]) worker?.terminate().catch(() => undefined);
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
