import {expect, test} from 'vitest';
import {FrameStream} from '../../../src/tui/terminal/frame-stream.js';

function recorded(columns: number, rows: number) {
  const written: string[] = [];
  const stream = new FrameStream({columns, rows, write: text => written.push(text)});
  return {stream, written};
}

test('a second picture sends the lines that changed, and nothing where none did', () => {
  const {stream, written} = recorded(4, 3);
  stream.write(['abcd', 'efgh', 'ijkl'].join('\n'));
  stream.write(['abcd', 'EFGH', 'ijkl'].join('\n'));
  stream.write(['abcd', 'EFGH', 'ijkl'].join('\n'));
  expect(written).toHaveLength(2);
  expect(written[1]).toContain('\u001b[2;1H\u001b[0mEFGH');
  expect(written[1]).not.toContain('abcd');
});

test('a shorter line is erased to its end, a full one is not: its last character would go', () => {
  const {stream, written} = recorded(4, 2);
  stream.write(['ab', 'abcd'].join('\n'));
  expect(written[0]).toContain('ab\u001b[0m\u001b[K');
  expect(written[0]).not.toContain('abcd\u001b[0m\u001b[K');
});

test('after it forgot, and only then, the whole screen is drawn again', () => {
  const {stream, written} = recorded(4, 2);
  stream.write(['abcd', 'efgh'].join('\n'));
  stream.forget();
  stream.write(['abcd', 'efgh'].join('\n'));
  expect(written.map(text => text.includes('\u001b[2J'))).toEqual([true, true]);
  expect(written[1]).toContain('efgh');
});

test('lines below the terminal are left out, and nothing passes once it is shut', () => {
  const {stream, written} = recorded(4, 1);
  stream.write(['abcd', 'efgh'].join('\n'));
  stream.shut();
  stream.write(['xxxx'].join('\n'));
  expect(written).toHaveLength(1);
  expect(written[0]).not.toContain('efgh');
});
