import {expect, test} from 'vitest';
import {crashLines} from '../../../src/cli/answer/crash.js';

test('a mistake of ours is one line and what to do, without a stack trace', () => {
  expect(crashLines(new Error('a checked plan\nhas its model'), false)).toEqual([
    'walltime: internal error: a checked plan has its model',
    'This is a mistake of walltime, not yours: please report it with the command and its files.',
    'WALLTIME_DEBUG=1 shows where it happened.',
  ]);
});

test('the stack trace comes on demand', () => {
  expect(crashLines(new Error('oh'), true).at(-1)).toMatch(/^Error: oh\n\s+at /);
});

test('anything may be thrown', () => {
  expect(crashLines(null, true)[0]).toBe('walltime: internal error: null');
});
