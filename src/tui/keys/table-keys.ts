import type {Keystroke} from '../actions/keystroke.js';
import {pinKey} from '../actions/pins.js';
import {layoutKeyOf, shownColumns} from '../state/layout-columns.js';
import {rowsOf, type State, selectedRow} from '../state/state.js';

/** A key while the cursor is on the table of layouts. */
export function keyOnTable(state: State, key: Keystroke): State {
  switch (key.name) {
    case 'up':
      return moveRow(state, -1);
    case 'down':
      return moveRow(state, 1);
    case 'pageUp':
    case 'home':
      return moveRow(state, Number.NEGATIVE_INFINITY);
    case 'pageDown':
    case 'end':
      return moveRow(state, Number.POSITIVE_INFINITY);
    case 'left':
      return moveColumn(state, -1);
    case 'right':
      return moveColumn(state, 1);
    case 'tab':
    case 'backTab':
      return {...state, pane: 'fields'};
    case 'enter':
      return {...state, screen: 'layout'};
    case 'text':
      return pinKey(state, key.text);
    default:
      return state;
  }
}

function moveRow(state: State, by: number): State {
  const rows = rowsOf(state);
  const selected = selectedRow(state);
  const at = selected === null ? -1 : rows.indexOf(selected);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  return next === undefined ? state : {...state, row: layoutKeyOf(next.layout)};
}

function moveColumn(state: State, by: number): State {
  const last = shownColumns(rowsOf(state)).length - 1;
  return {...state, column: Math.max(0, Math.min(last, state.column + by))};
}

/** An arrow key on a screen that shows one layout: selects the next or the last row of the table. */
export function keyOnRows(state: State, key: Keystroke): State {
  if (key.name === 'up' || key.name === 'left') return moveRow(state, -1);
  return key.name === 'down' || key.name === 'right' ? moveRow(state, 1) : state;
}
