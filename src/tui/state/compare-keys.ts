import {orders} from './columns.js';
import {machinesInOrder} from './compared.js';
import type {Keystroke} from './keystroke.js';
import type {Entry} from './picker.js';
import type {State} from './state.js';

/** Keys on the comparison: machines are added and taken away, and one of them is taken into the plan. */
export function keyOnCompare(state: State, key: Keystroke): State {
  const names = machinesInOrder(state);
  const move = (to: number): State => ({...state, machine: Math.max(0, Math.min(names.length - 1, to))});
  switch (key.name) {
    case 'up':
      return move(state.machine - 1);
    case 'down':
      return move(state.machine + 1);
    case 'pageUp':
    case 'home':
      return move(0);
    case 'pageDown':
    case 'end':
      return move(names.length - 1);
    case 'backspace':
      return removeMachine(state, names[state.machine]);
    case 'text':
      return textOnCompare(state, key.text, names);
    default:
      return state;
  }
}

function textOnCompare(state: State, text: string, names: readonly string[]): State {
  switch (text) {
    case 'a': {
      const entries = state.known.hardware
        .filter(name => !names.includes(name))
        .map((name): Entry => ({label: name, kind: '', choice: {kind: 'compare', machine: name}}));
      return {
        ...state,
        dialog: {kind: 'picker', title: 'compare with', picker: {entries, query: '', index: 0}},
      };
    }
    case 'd':
      return removeMachine(state, names[state.machine]);
    case 'o': {
      const next = orders[(orders.indexOf(state.order) + 1) % orders.length] ?? 'goal';
      return {
        ...state,
        order: next,
        message: {kind: 'quiet', text: next === 'goal' ? "ordered by the plan's goal" : `ordered by ${next}`},
      };
    }
    default:
      return state;
  }
}

function removeMachine(state: State, name: string | undefined): State {
  return {...state, machines: state.machines.filter(machine => machine !== name)};
}
