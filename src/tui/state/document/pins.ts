import {layoutFieldNames, layoutFields} from '../../../layout/fields.js';
import type {Layout} from '../../../layout/layout.js';
import {setLayout} from '../../../plan-file/edit/set-layout.js';
import {degreeColumns, orders, shownColumns} from '../columns.js';
import {rowsOf, type State, selectedRow} from '../state.js';
import {readWritten} from './document.js';
import {changePlan, changeText} from './history.js';

/** Fields of the layout that the plan fixes, as its keys and what it says. */
export function pinsOf(text: string): readonly {readonly key: string; readonly value: string}[] {
  const written = readWritten(text);
  return layoutFieldNames.flatMap(name => {
    const {key} = layoutFields[name];
    const value = written(['layout', key]);
    return value === null ? [] : [{key, value}];
  });
}

export function isPinned(text: string, field: keyof Layout): boolean {
  return readWritten(text)(['layout', layoutFields[field].key]) !== null;
}

/** Fixes the choice under the cursor at what the selected layout has, or leaves it to the planner again. */
function togglePin(state: State): State {
  const row = selectedRow(state);
  const columns = shownColumns(rowsOf(state));
  const column = columns[Math.min(state.column, columns.length - 1)] ?? degreeColumns[0];
  if (row === null || column === undefined) return state;
  const path = ['layout', layoutFields[column.field].key];
  if (isPinned(state.text, column.field)) {
    return {...changePlan(state, [{path, value: undefined}]), message: quiet(`${path[1]} is free again`)};
  }
  const value = row.layout[column.field];
  const pinned = changePlan(state, [{path, value}]);
  return pinned.message === null || pinned.text !== state.text
    ? {...pinned, message: quiet(`${path[1]} pinned at ${column.cell(row.layout)}; p frees it`)}
    : pinned;
}

/** Writes every choice of the selected layout into the plan. */
function pinLayout(state: State): State {
  const row = selectedRow(state);
  const plan = state.answer?.answer.plan;
  if (row === null || plan === undefined) return state;
  const edited = setLayout(state.text, {pins: {}}, row.layout);
  if ('message' in edited) return {...state, message: {kind: 'bad', text: edited.message}};
  return {...changeText(state, edited.text), message: quiet('the whole layout is in the plan; F frees it')};
}

/** Leaves every choice of the layout to the planner. */
function freeAll(state: State): State {
  return {...changePlan(state, [{path: ['layout'], value: undefined}]), message: quiet('nothing is pinned')};
}

/** Keys about pins and the table that both panes of the plan screen take. */
export function pinKey(state: State, text: string): State {
  switch (text) {
    case 'p':
      // From the fields the key first shows which choice it means.
      return state.pane === 'fields' ? {...state, pane: 'table'} : togglePin(state);
    case 'P':
      return pinLayout(state);
    case 'F':
      return freeAll(state);
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

const quiet = (text: string) => ({kind: 'quiet', text}) as const;
