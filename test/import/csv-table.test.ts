import {expect, test} from 'vitest';
import {readCsvTable} from '../../src/import/csv-table.js';

function tableOf(text: string) {
  const read = readCsvTable(text);
  if ('problems' in read) throw new Error(read.problems[0]?.message);
  return read;
}

test.each([
  ['commas', 'a,b\n1,2\n'],
  ['semicolons', 'a;b\n1;2'],
  ['tabs', 'a\tb\n1\t2\n'],
  ['CRLF', 'a,b\r\n1,2\r\n'],
  ['CRLF after the header alone', 'a,b\r\n1,2\n'],
  ['a byte order mark', '\uFEFFa,b\n1,2\n'],
  ['quotes', '"a","b"\n"1","2"\n'],
  ['blank lines and a row of empty cells', '\na,b\n\n,\n1,2\n\n'],
])('a table with %s is the same table', (_, text) => {
  const {columns, rows} = tableOf(text);
  expect(columns).toEqual(['a', 'b']);
  expect(rows).toEqual([{a: '1', b: '2'}]);
});

test('a quoted cell may hold separators, quotes and line ends; a quote inside a bare cell is a character', () => {
  expect(tableOf('a,b\n"x, ""y""\nz",5" disk').rows).toEqual([{a: 'x, "y"\nz', b: '5" disk'}]);
});

test('a cell has its place in the file, also after cells that span lines', () => {
  const {placeOf} = tableOf('a,b,c\n\n1,"two\nlines",3\n4,"5,5",6\n');
  expect(placeOf(0, 'a')).toEqual({line: 3, column: 1});
  expect(placeOf(0, 'c')).toEqual({line: 4, column: 8});
  expect(placeOf(1, 'b')).toEqual({line: 5, column: 3});
  expect(placeOf(1, 'c')).toEqual({line: 5, column: 9});
  expect(placeOf(1, null)).toEqual({line: 5, column: 1});
});

test.each([
  ['a,b\n1\n1,2,3\n', [2, 1], [3, 5]],
  ['a,b\n"x"y,2\n3,4\n', [2, 1]],
  ['a,b\n1,"x\n3,4\n', [2, 3]],
])('what is no table has every problem at its place: %j', (text, ...places) => {
  const read = readCsvTable(text);
  const found = 'problems' in read ? read.problems.map(({line, column}) => [line, column]) : [];
  expect(found).toEqual(places);
});
