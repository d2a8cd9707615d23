import type {JobKind} from './job.js';

/** The threads of the planner; each starts with its first job. */
export type ThreadName = 'quick' | 'slow' | 'background';

interface JobSchedule {
  readonly thread: ThreadName;
  /** Jobs of one thread run in this order, lowest first. */
  readonly rank: number;
}

/**
 * Thread and urgency of each kind of job. Jobs about the row under the cursor do not wait for those that
 * search many plans; sensitivities of a plan that is only read run at low priority.
 */
export const jobSchedules = {
  plan: {thread: 'quick', rank: 0},
  trial: {thread: 'quick', rank: 1},
  timeline: {thread: 'quick', rank: 2},
  calendar: {thread: 'quick', rank: 3},
  report: {thread: 'slow', rank: 0},
  sizes: {thread: 'slow', rank: 1},
  diloco: {thread: 'slow', rank: 2},
  compare: {thread: 'slow', rank: 3},
  sensitivity: {thread: 'background', rank: 0},
} as const satisfies Record<JobKind, JobSchedule>;
