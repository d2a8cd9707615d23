import type {WriteStream} from 'node:tty';
import {stripVTControlCharacters} from 'node:util';
import {render, renderToString} from 'ink';
import {createElement} from 'react';
import {describe, expect, onTestFinished, test} from 'vitest';
import {displayWidth} from '../../src/report/terminal/display-width.js';
import {randomSource} from '../../src/run/random/random-source.js';
import type {Effect} from '../../src/tui/actions/effect.js';
import type {Keystroke, NamedKey} from '../../src/tui/actions/keystroke.js';
import type {Reply} from '../../src/tui/planning/reply.js';
import {Screen, type Surface} from '../../src/tui/screens/screen.js';
import {initialState} from '../../src/tui/state/initial-state.js';
import {type ScreenName, screens} from '../../src/tui/state/screen-name.js';
import type {State, TerminalSize} from '../../src/tui/state/state.js';
import {makeStore} from '../../src/tui/store.js';
import type {BlockProps} from '../../src/tui/widgets/block.js';
import {blocksOf} from './blocks-of.js';
import {handAnswer, handPlan} from './hand-answer.js';
import {handReply} from './hand-reply.js';
import {known, openEmulator} from './headless.js';

const keysOfAScreen = 10_000;
const stepsOfATerminal = 50;
const names: readonly NamedKey[] = [
  ...['up', 'down', 'left', 'right', 'pageUp', 'pageDown', 'home', 'end'],
  ...['enter', 'escape', 'tab', 'backTab', 'backspace', 'interrupt', 'redo'],
] as NamedKey[];
const letters = 'pPFouUsqlcmwadrx/?[]+-0123456789.eBT$n %é漢';

const answer = await handAnswer();
const reply = handReply(answer);

function randomKey(random: () => number): Keystroke {
  const pick = <T>(from: ArrayLike<T>): T => from[Math.floor(random() * from.length)] as T;
  if (random() < 0.01)
    return {name: 'paste', text: Array.from({length: 9}, () => pick([...letters])).join('\n')};
  return random() < 0.5 ? {name: pick(names)} : {name: 'text', text: pick([...letters])};
}

function randomSize(random: () => number): TerminalSize {
  const between = (least: number, most: number) => Math.floor(least + random() * (most - least));
  // Mostly such as people have; some too small, some very large.
  const [columns, rows] =
    random() < 0.8 ? [between(80, 130), between(24, 42)] : [between(20, 240), between(5, 75)];
  return {columns, rows};
}

function isLike(state: State, other: State | null): boolean {
  return other !== null && Object.entries(state).every(([key, value]) => other[key as keyof State] === value);
}

/**
 * Checks that the blocks of a frame fit into their places, and hold no value that cannot be shown.
 *
 * @param before lines that were checked already
 */
function checkBlocks(blocks: readonly BlockProps[], before: ReadonlySet<string>): void {
  for (const {lines, columns, rows} of blocks) {
    if (lines.length > rows) expect.fail(`${lines.length} lines on ${rows} rows:\n${lines.join('\n')}`);
    for (const line of lines) {
      if (before.has(line)) continue;
      if (displayWidth(line) > columns) expect.fail(`${displayWidth(line)} columns of ${columns}: ${line}`);
      if (/undefined|NaN|\[object/.test(line)) expect.fail(line);
    }
  }
}

/** The lines of a frame that ink draws from nothing. */
function freshFrame(surface: Surface, state: State): readonly string[] {
  const frame = renderToString(createElement(Screen, {surface, state}), {columns: state.size.columns});
  return frame.split('\n').map(line => stripVTControlCharacters(line).trimEnd());
}

describe(`${keysOfAScreen} random keys and resizes leave every frame whole, and ask to save only where it is confirmed`, () => {
  test.each(screens)('%s', async screen => {
    const emulator = openEmulator({columns: 120, rows: 40});
    const stdout = emulator.frames as unknown as WriteStream;
    const app = render(null, {stdout, debug: true, exitOnCtrlC: false, patchConsole: false});
    onTestFinished(() => app.unmount());
    const pending: Reply[] = [];
    let drawn: ReadonlySet<string> = new Set();
    let drawnState: State | null = null;
    const random = randomSource(screens.indexOf(screen) + 1);
    const effects: Effect[] = [];
    const file = {path: 'plan.yaml', text: handPlan};
    const store = makeStore(
      {...initialState({columns: 120, rows: 40}, file, known), screen: screen as ScreenName},
      {
        request: job => {
          const answered = reply(job);
          if (answered !== null) pending.push(answered);
        },
        run: effect => effects.push(effect),
      },
    );
    for (let i = 0; i < keysOfAScreen; i += 1) {
      const {dialog} = store.get();
      const key = randomKey(random);
      if (random() < 0.02) {
        const size = randomSize(random);
        emulator.resize(size);
        store.dispatch({kind: 'resize', size});
        drawn = new Set();
      }
      store.dispatch({kind: 'key', key});
      for (const effect of effects.splice(0)) {
        if (effect.kind !== 'save') continue;
        expect([dialog?.kind, key.name]).toEqual(['save', 'enter']);
      }
      // Most answers come late, some not at all.
      if (random() < 0.3)
        for (const answered of pending.splice(0)) store.dispatch({kind: 'reply', reply: answered});
      const state = store.get();
      // Many keys have no effect: the frame is that of before.
      if (!isLike(state, drawnState)) {
        drawnState = state;
        const blocks = blocksOf(createElement(Screen, {surface: {color: i % 2 === 0, unicode: true}, state}));
        checkBlocks(blocks, drawn);
        drawn = new Set(blocks.flatMap(({lines}) => lines));
      }
      // A terminal that shows one frame after the other, each on what the last one left.
      if (i % stepsOfATerminal === 0) {
        const surface = {color: i % 4 === 0, unicode: true};
        app.rerender(createElement(Screen, {surface, state}));
        const fresh = freshFrame(surface, state);
        expect(fresh).toHaveLength(state.size.rows);
        expect(await emulator.picture()).toEqual(fresh);
      }
      // Back to the screen that is tried, from wherever keys have led.
      if (i % 50 === 0 && state.dialog === null && state.screen !== screen) {
        for (const letter of wayTo[screen]) store.dispatch({kind: 'key', key: letter});
      }
    }
  });
});

const wayTo: Readonly<Record<ScreenName, readonly Keystroke[]>> = {
  plan: [{name: 'escape'}],
  layout: [{name: 'text', text: 'l'}],
  'what-if': [{name: 'text', text: 'w'}],
  calendar: [{name: 'text', text: 'c'}],
  compare: [{name: 'text', text: 'm'}],
};
