import type {State} from '../state/state.js';
import type {Effect} from './effect.js';

/** Outcome of an event: the next state and the effects to run. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A step without effects. */
export const stay = (state: State): Step => ({state, effects: []});
