import type {Effect} from './actions/effect.js';
import type {Job, JobKind} from './planning/job.js';
import {jobsForState} from './state/jobs-for-state.js';
import type {State} from './state/state.js';
import {type Event, update} from './update.js';

/** The state, and those that are notified of its changes. */
export interface Store {
  get(): State;
  subscribe(listener: () => void): () => void;
  dispatch(event: Event): void;
}

export interface StoreDeps {
  request(job: Job): void;
  run(effect: Effect): void;
}

/** Makes a store. After each event it requests the jobs that the new state needs and runs the event's effects. */
export function makeStore(initial: State, deps: StoreDeps): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  const requested = new Map<JobKind, string>();
  const requestJobs = () => {
    const jobs = jobsForState(state);
    // A report is made each time it is asked for; replies to other jobs stay in the state.
    if (jobs.every(({kind}) => kind !== 'report')) requested.delete('report');
    for (const job of jobs) {
      const key = JSON.stringify(job);
      if (requested.get(job.kind) === key) continue;
      requested.set(job.kind, key);
      state = update(state, {kind: 'requested', job: job.kind}).state;
      deps.request(job);
    }
  };
  requestJobs();
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(event) {
      const before = state;
      const step = update(state, event);
      state = step.state;
      requestJobs();
      if (state !== before) for (const listener of listeners) listener();
      for (const effect of step.effects) deps.run(effect);
    },
  };
}
