import {layoutFields, planPath} from '../../layout/fields.js';
import {setLayout} from '../../plan-file/edit/set-layout.js';
import {layoutColumns, shownColumns} from '../state/layout-columns.js';
import {isPinned} from '../state/pins.js';
import {nextOrder} from '../state/row-order.js';
import {rowsOf, type State, selectedRow} from '../state/state.js';
import {changePlan, changeText} from './history.js';

/** Pins the layout field under the cursor at the selected row's value, or frees it. */
function togglePin(state: State): State {
  const row = selectedRow(state);
  const columns = shownColumns(rowsOf(state));
  const column = columns[Math.min(state.column, columns.length - 1)] ?? layoutColumns[0];
  if (row === null || column === undefined) return state;
  const path = planPath(column.field);
  const {key} = layoutFields[column.field];
  if (isPinned(state.document, column.field)) {
    return {...changePlan(state, [{path, value: undefined}]), message: quiet(`${key} is free again`)};
  }
  const value = row.layout[column.field];
  const pinned = changePlan(state, [{path, value}]);
  return pinned.message === null || pinned.document !== state.document
    ? {...pinned, message: quiet(`${key} pinned at ${column.cell(row.layout)}; p frees it`)}
    : pinned;
}

/** Writes every field of the selected layout into the plan. */
function pinLayout(state: State): State {
  const row = selectedRow(state);
  if (row === null || state.answer === null) return state;
  const edited = setLayout(state.document.text, {...state.answer.answer.plan, pins: {}}, row.layout);
  if ('message' in edited) return {...state, message: {kind: 'bad', text: edited.message}};
  return {...changeText(state, edited.text), message: quiet('the whole layout is in the plan; F frees it')};
}

/** Removes every pin from the plan. */
function freeLayout(state: State): State {
  return {...changePlan(state, [{path: ['layout'], value: undefined}]), message: quiet('nothing is pinned')};
}

/** Orders the rows by the next figure. */
export function changeOrder(state: State): State {
  const order = nextOrder(state.order);
  const by = order === 'goal' ? "the plan's goal" : order;
  return {...state, order, message: quiet(`ordered by ${by}`)};
}

/** Handles the letters that both panes of the plan screen share: pins and the order of rows. */
export function pinKey(state: State, text: string): State {
  switch (text) {
    case 'p':
      // On the fields, the first p shows which column the next one pins.
      return state.pane === 'fields' ? {...state, pane: 'table'} : togglePin(state);
    case 'P':
      return pinLayout(state);
    case 'F':
      return freeLayout(state);
    case 'o':
      return changeOrder(state);
    default:
      return state;
  }
}

const quiet = (text: string) => ({kind: 'quiet', text}) as const;
