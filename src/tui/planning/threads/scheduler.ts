import type {Job, Reply, Topic} from '../answers.js';

/** Works a job off in slices: between two of them a newer job may take its place. */
export type Work = (job: Job) => AsyncGenerator<Reply | null>;

/** Jobs that wait or run, one of each topic. */
export interface Scheduler {
  request(job: Job, id: number): void;
  /** No job waits or runs. */
  isIdle(): boolean;
}

/** Lets messages in between two slices. */
export type Pause = () => Promise<void>;

const pauseForMessages: Pause = () => new Promise(resolve => setImmediate(resolve));

/** Topics that are worked off first stand first. */
const order: readonly Topic[] = [
  'plan',
  'trial',
  'timeline',
  'calendar',
  'report',
  'sizes',
  'outer',
  'compare',
  'sensitivity',
];

/**
 * Runs jobs one slice at a time, the most urgent topic first; a newer job of a topic ends the older one.
 *
 * @param reply told of each reply with the id of its job; null for a job that ended
 * @param failed told of an error of ours
 */
export function makeScheduler(
  work: Work,
  reply: (id: number, reply: Reply | null) => void,
  failed: (error: unknown) => void,
  pause: Pause = pauseForMessages,
): Scheduler {
  const running = new Map<Topic, {readonly id: number; readonly steps: AsyncGenerator<Reply | null>}>();
  let awake = false;
  const run = async () => {
    for (;;) {
      const topic = order.find(candidate => running.has(candidate));
      const current = topic === undefined ? undefined : running.get(topic);
      if (topic === undefined || current === undefined) break;
      const {value, done} = await current.steps.next();
      if (running.get(topic) === current) {
        if (done === true) running.delete(topic);
        if (done === true || value !== null) reply(current.id, done === true ? null : value);
      }
      await pause();
    }
    awake = false;
  };
  return {
    request(job, id) {
      running.set(job.topic, {id, steps: work(job)});
      if (awake) return;
      awake = true;
      run().catch(failed);
    },
    isIdle: () => !awake,
  };
}
