import {renderToString} from 'ink';
import {createElement} from 'react';
import {expect, test} from 'vitest';
import {Screen} from '../../src/tui/screens/screen.js';
import {itemsToCompare} from '../../src/tui/state/comparison.js';
import {initialState} from '../../src/tui/state/initial-state.js';
import type {State, TerminalSize} from '../../src/tui/state/state.js';
import {update} from '../../src/tui/update.js';
import {handAnswer, handPlan} from './hand-answer.js';
import {handReply} from './hand-reply.js';
import {handTimeline} from './hand-timeline.js';
import {known, openHeadless} from './headless.js';

const sizes: readonly TerminalSize[] = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 200, rows: 60},
];
const file = {path: 'plan.yaml', text: handPlan};

const answer = await handAnswer();
const answered = (state: State): State => ({...state, answer: {text: handPlan, answer}});

/** The screen after replies to some kinds of jobs. */
function withReplies(
  state: State,
  ...kinds: readonly ('trial' | 'sensitivity' | 'calendar' | 'diloco' | 'sizes' | 'compare')[]
): State {
  const [best] = answer.rows;
  if (best === undefined) throw new Error('the answer has a best layout');
  const about = {path: 'plan.yaml', text: handPlan};
  const jobs = {
    trial: {kind: 'trial', ...about, factors: {'node bandwidth': 1.1}},
    sensitivity: {kind: 'sensitivity', ...about},
    calendar: {kind: 'calendar', ...about, layout: best.layout},
    diloco: {kind: 'diloco', ...about},
    sizes: {kind: 'sizes', ...about, layout: best.layout, moments: [864e3, 1728e3, 3456e3]},
    compare: {kind: 'compare', ...about, items: itemsToCompare(state)},
  } as const;
  const reply = handReply(answer);
  return kinds.reduce((known, kind) => {
    const answered = reply(jobs[kind]);
    return answered === null ? known : update(known, {kind: 'reply', reply: answered}).state;
  }, state);
}

/** The keys that lead to a picture, by the story that it tells. */
const stories: Readonly<
  Record<string, {readonly keys: readonly string[]; readonly state?: (state: State) => State}>
> = {
  'the best layouts of a plan, and why the first is the best': {
    keys: [],
    state: state => ({...withReplies(state, 'sensitivity'), timeline: handTimeline(answer.rows[0]?.layout)}),
  },
  'a runner-up says what it loses': {keys: ['Tab', 'Down']},
  'a pinned degree stands out, and says what it costs': {
    keys: ['Tab', 'p'],
    state: state => ({...state, pane: 'fields'}),
  },
  'a value is typed while the old answer stays in sight': {
    keys: ['1', '2', '8'],
    state: state => ({...state, pane: 'fields', field: 2}),
  },
  'one layout in depth: step, memory, pipeline, groups': {
    keys: ['l'],
    state: state => ({...state, timeline: handTimeline(answer.rows[0]?.layout)}),
  },
  'what a faster network would bring, and what each figure is worth': {
    keys: ['w', 'Down', 'Down', 'Down', 'Right'],
    state: state => withReplies({...state}, 'trial', 'sensitivity'),
  },
  'loss against days, milestones, and where the run goes': {
    keys: ['c'],
    state: state => withReplies(state, 'calendar', 'diloco', 'sizes'),
  },
  'the plan on several machines and beside another plan, the fastest first': {
    keys: ['m', 'Down'],
    state: state =>
      withReplies(
        {...state, comparedItems: [...state.comparedItems, {kind: 'plan', name: 'plans/small.yaml'}]},
        'compare',
      ),
  },
  'what a save would change is shown first': {
    keys: ['Tab', 'p', 's'],
    state: state => ({...state, pane: 'fields'}),
  },
  'a model is found by a few letters': {keys: ['/', '7', '0']},
  'every key in one list': {keys: ['?']},
};

/** A file of pictures is named after its story. */
const pictureFile = (story: string) => `pictures/${story.replaceAll(/[^a-z]+/gi, '-').toLowerCase()}.txt`;

async function pictureOf(size: TerminalSize, story: string): Promise<string> {
  const {keys, state = same} = stories[story] ?? {keys: []};
  const screen = openHeadless(size, file, start => state(answered(start)));
  await screen.press(...keys);
  const picture = await screen.picture();
  expect(picture).toHaveLength(size.rows);
  return picture.join('\n');
}

const same = (state: State): State => state;
const titled = ({columns, rows}: TerminalSize, picture: string) => `${columns} x ${rows}\n${picture}\n`;

test.each(Object.keys(stories))('%s', async story => {
  const pictures: string[] = [];
  for (const size of sizes) pictures.push(titled(size, await pictureOf(size, story)));
  await expect(pictures.join('\n')).toMatchFileSnapshot(pictureFile(story));
});

test('an empty start asks four questions in a line each', async () => {
  const pictures: string[] = [];
  for (const size of sizes) {
    const screen = openHeadless(size, {path: null, text: null});
    pictures.push(titled(size, (await screen.picture()).join('\n')));
  }
  await expect(pictures.join('\n')).toMatchFileSnapshot(pictureFile('an empty start'));
});

test.each([
  ['plan', 'a pinned degree, the selected row and the step in colours'],
  ['layout', 'the pipeline of a layout in colours'],
] as const)('the colours of the screen %s', async (screen, story) => {
  const size = {columns: 120, rows: 40};
  const start = {...answered(initialState(size, file, known)), screen, pane: 'table'} as const;
  const state = {...press(start, 'p'), timeline: handTimeline(answer.rows[0]?.layout)};
  const frame = renderToString(createElement(Screen, {surface: {color: true, unicode: true}, state}), size);
  await expect(`${frame}\n`).toMatchFileSnapshot(pictureFile(story).replace('.txt', '.ansi'));
});

const press = (state: State, text: string) => update(state, {kind: 'key', key: {name: 'text', text}}).state;

test('below 80 x 24 one line says what is needed, and the screen is back when there is room', async () => {
  const screen = openHeadless({columns: 80, rows: 24}, file, answered);
  const before = await screen.picture();
  await screen.resize({columns: 60, rows: 20});
  expect((await screen.picture()).filter(line => line !== '')).toEqual([
    'walltime needs 80 x 24, this is 60 x 20',
  ]);
  await screen.resize({columns: 80, rows: 24});
  expect(await screen.picture()).toEqual(before);
});
