import type {Effect} from './effect.js';
import type {State} from './state.js';

/** What a key leads to. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export const stay = (state: State): Step => ({state, effects: []});
