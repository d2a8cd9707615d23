import type {Job} from './planning/answers.js';
import type {Effect} from './state/effect.js';
import type {State} from './state/state.js';
import {type Event, update} from './state/update.js';
import {wantedJobs} from './state/wanted.js';

/** The state with those who look at it. */
export interface Store {
  get(): State;
  subscribe(listener: () => void): () => void;
  dispatch(event: Event): void;
}

/** What the store asks of the world. */
export interface World {
  request(job: Job): void;
  run(effect: Effect): void;
}

/** Keeps the state, asks for what the screen wants to know, and passes on what keys ask for. */
export function makeStore(initial: State, world: World): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  const requested = new Map<string, string>();
  const requestWanted = () => {
    const wanted = wantedJobs(state);
    // A report is made each time it is asked for; what else was asked before is still known.
    if (wanted.every(({topic}) => topic !== 'report')) requested.delete('report');
    for (const job of wanted) {
      const key = JSON.stringify(job);
      if (requested.get(job.topic) === key) continue;
      requested.set(job.topic, key);
      state = update(state, {kind: 'requested', topic: job.topic}).state;
      world.request(job);
    }
  };
  requestWanted();
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
      requestWanted();
      if (state !== before) for (const listener of listeners) listener();
      for (const effect of step.effects) world.run(effect);
    },
  };
}
