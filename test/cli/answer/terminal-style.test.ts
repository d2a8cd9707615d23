import {expect, test} from 'vitest';
import {type TerminalEnv, terminalStyle} from '../../../src/cli/answer/terminal-style.js';

const terminal: TerminalEnv = {
  env: {LANG: 'en_US.UTF-8', TERM: 'xterm-256color'},
  platform: 'linux',
  columns: 120,
  isTTY: true,
};

test('a terminal has its width, colours and block characters', () => {
  expect(terminalStyle(terminal)).toEqual({width: 120, color: true, unicode: true});
});

test.each([{NO_COLOR: '1'}, {TERM: 'dumb'}])('no colours with %j', env => {
  expect(terminalStyle({...terminal, env: {...terminal.env, ...env}}).color).toBe(false);
});

test('an empty NO_COLOR says nothing', () => {
  expect(terminalStyle({...terminal, env: {...terminal.env, NO_COLOR: ''}}).color).toBe(true);
});

test('a pipe has no colours and 80 columns, unless COLUMNS says otherwise', () => {
  const pipe = {...terminal, columns: undefined, isTTY: false};
  expect(terminalStyle(pipe)).toMatchObject({width: 80, color: false});
  expect(terminalStyle({...pipe, env: {COLUMNS: '40'}}).width).toBe(40);
  expect(terminalStyle({...pipe, env: {COLUMNS: 'wide'}}).width).toBe(80);
});

test('a locale that is not UTF-8 gets ASCII', () => {
  expect(terminalStyle({...terminal, env: {LANG: 'en_US.UTF-8', LC_ALL: 'C'}}).unicode).toBe(false);
  expect(terminalStyle({...terminal, env: {}}).unicode).toBe(false);
});
