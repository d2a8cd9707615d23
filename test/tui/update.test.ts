import {expect, test} from 'vitest';
import type {Effect} from '../../src/tui/actions/effect.js';
import type {Keystroke, NamedKey} from '../../src/tui/actions/keystroke.js';
import {initialState} from '../../src/tui/state/initial-state.js';
import {plannedText, type State} from '../../src/tui/state/state.js';
import {update} from '../../src/tui/update.js';
import {handAnswer, handPlan} from './hand-answer.js';
import {known} from './headless.js';

const answer = await handAnswer();
const file = {path: 'plan.yaml', text: handPlan};
const start: State = {
  ...initialState({columns: 120, rows: 40}, file, known),
  answer: {text: handPlan, answer},
};

/** Names in angle brackets, other characters as they are: `12<enter>`. */
function keys(text: string): readonly Keystroke[] {
  return [...text.matchAll(/<(\w+)>|(.)/g)].map(([, name, character]) =>
    name === undefined ? {name: 'text', text: character ?? ''} : {name: name as NamedKey},
  );
}

function press(state: State, text: string): {state: State; effects: Effect[]} {
  const effects: Effect[] = [];
  let current = state;
  for (const key of keys(text)) {
    const step = update(current, {kind: 'key', key});
    current = step.state;
    effects.push(...step.effects);
  }
  return {state: current, effects};
}

test('digits edit the value under the cursor, which is planned while it is typed and kept with enter', () => {
  const typing = press(start, '<down><down>12').state;
  expect(typing.document.text).toBe(handPlan);
  expect(plannedText(typing)).toBe(handPlan.replace('devices: 64', 'devices: 12'));
  expect(press(typing, '8<enter>').state.document.text).toBe(handPlan.replace('devices: 64', 'devices: 128'));
  expect(press(typing, '<escape>').state.document.text).toBe(handPlan);
});

test('nodes instead of devices change the key', () => {
  const {text} = press(start, '<down><down>8 nodes<enter>').state.document;
  expect(text).toContain('nodes: 8');
  expect(text).not.toContain('devices');
});

test('every change is undone to the byte, and done again', () => {
  const changed = press(start, '<down><down><right><right><tab>p<right>p').state;
  let back = changed;
  while (back.past.length > 0) back = press(back, 'u').state;
  expect(back.document.text).toBe(handPlan);
  while (back.future.length > 0) back = press(back, 'U').state;
  expect(back.document.text).toBe(changed.document.text);
});

test('p pins the choice under the cursor and frees it again', () => {
  const pinned = press(start, '<tab><right>p').state;
  expect(pinned.document.text).toBe(`${handPlan}layout:\n  pipeline: 4\n`);
  expect(press(pinned, 'p').state.document.text).toBe(handPlan);
});

test('a plan is written only after its difference was confirmed, against what the file held', () => {
  const asked = press(start, '<tab>ps');
  expect(asked.effects).toEqual([]);
  expect(asked.state.dialog?.kind).toBe('save');
  expect(press(asked.state, '<escape>').effects).toEqual([]);
  expect(press(asked.state, '<enter>').effects).toEqual([
    {kind: 'save', path: 'plan.yaml', before: handPlan, text: asked.state.document.text, thenQuit: false},
  ]);
});

test('pasted text is typed where text is taken, and is no command elsewhere', () => {
  const paste = (state: State, text: string) => update(state, {kind: 'key', key: {name: 'paste', text}});
  const commands = paste(press(start, '<tab>p').state, 's\r\nqq');
  expect(commands.effects).toEqual([]);
  expect(commands.state.dialog).toBeNull();
  expect(paste(press(start, '<down><down>').state, ' 128\n').state.dialog).toMatchObject({input: '128'});
  expect(paste(press(start, 's').state, 'x').state.document.text).toBe(handPlan);
  expect(paste(press(start, '/').state, 'h1\u001b00').state.dialog).toMatchObject({picker: {query: 'h1 00'}});
});

test('a plan that could not be saved is kept, and asks for another name', () => {
  const changed = press(start, '<tab>p').state;
  const refused = update(changed, {kind: 'notSaved', problem: 'changed', thenQuit: false}).state;
  expect(refused.document.text).toBe(changed.document.text);
  expect(press(refused, '<enter>').effects).toMatchObject([
    {kind: 'save', path: 'plan.mine.yaml', before: null, text: changed.document.text},
  ]);
});

test('a machine of the comparison is taken into the plan, a plan is added by its path', () => {
  const compared = press(start, 'm<down>').state;
  expect(press(compared, '<enter>').state.document.text).toContain('hardware: a100-80gb');
  const {state, effects} = press(compared, 'aother.yml<enter>');
  expect(effects).toEqual([{kind: 'findPlans', near: 'plan.yaml'}]);
  expect(state.comparedItems.at(-1)).toEqual({kind: 'plan', name: 'other.yml'});
});

test('q asks where something is not saved, Ctrl-C never does', () => {
  expect(press(start, 'q').effects).toEqual([{kind: 'quit'}]);
  const changed = press(start, '<tab>p').state;
  expect(press(changed, 'q').effects).toEqual([]);
  expect(press(changed, 'qq').effects).toEqual([{kind: 'quit'}]);
  expect(press(changed, 'qs<enter>').effects).toMatchObject([{kind: 'save', thenQuit: true}]);
  expect(press(changed, '<interrupt>').effects).toEqual([{kind: 'quit'}]);
});

test('four bare returns answer the questions of an empty start', () => {
  const empty = initialState({columns: 120, rows: 40}, {path: null, text: null}, known);
  const {state} = press(empty, '<enter><enter><enter><enter>');
  expect(state.dialog).toBeNull();
  expect(state.document.text).toContain('model: llama-3-8b');
  expect(state.document.text).toContain('devices: 64');
});

test('an answer to the question of the model, typed in part, is the nearest of the list', () => {
  const empty = initialState({columns: 120, rows: 40}, {path: null, text: null}, known);
  const {state} = press(empty, 'mixtral<enter>front<enter>16 nodes<enter>2 T<enter>');
  expect(state.document.text).toContain('model: mixtral-8x7b');
  expect(state.document.text).toContain('hardware: frontier-mi250x\n  nodes: 16');
  expect(state.document.text).toContain('tokens: 2 T');
});
