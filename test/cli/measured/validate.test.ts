import {expect, test} from 'vitest';
import {temporaryFile, walltime} from '../run-cli.js';
import {measuredTable} from './measured-table.js';

function validated(text: string, further: readonly string[] = []) {
  return JSON.parse(walltime(['validate', temporaryFile('runs.csv', text), ...further, '--json']).stdout);
}

test('rows have the keys that other programs read', () => {
  const table = measuredTable([{peak_mem_GB: 20}, {result: 'OOM', iter_time_s: ''}]);
  const {rows} = validated(table.join('\n'));
  expect(rows[0]).toMatchObject({
    id: 'run-1',
    status: 'predicted',
    reason: null,
    software: 'generic',
    measured: {stepSeconds: 0.5, peakMemoryBytes: 20e9, fits: true},
    predicted: {fits: true},
  });
  for (const key of [
    'stepSeconds',
    'stepSecondsP10',
    'stepSecondsP90',
    'peakMemoryBytes',
    'peakMemoryBytesP10',
    'peakMemoryBytesP90',
    'reservedMemoryBytes',
  ]) {
    expect(rows[0].predicted[key], key).toBeGreaterThan(0);
  }
  const {stepSeconds, stepSecondsP10, stepSecondsP90} = rows[0].predicted;
  expect([stepSecondsP10, stepSeconds, stepSecondsP90]).toEqual(
    [stepSecondsP10, stepSeconds, stepSecondsP90].toSorted((a, b) => a - b),
  );
  expect(rows[1].measured).toMatchObject({stepSeconds: null, fits: false});
});

test('however a program writes its table, the rows are the same', () => {
  const lines = measuredTable([{}, {micro_batch: 2}]);
  const plain = validated(lines.join('\n')).rows;
  const spellings = {
    'a byte order mark': `\uFEFF${lines.join('\n')}`,
    'lines that end with CRLF': lines.join('\r\n'),
    'empty lines': `${lines.join('\n\n')}\n\n\n`,
    'another order and further columns': lines
      .map((line, i) => (i === 0 ? `more,${line},else` : `1,${line},2`))
      .join('\n'),
  };
  for (const [spelling, text] of Object.entries(spellings)) {
    expect(validated(text).rows, spelling).toEqual(plain);
  }
});

test('a cell that is no number is a reason to skip its row, never a prediction', () => {
  const {rows, summary} = validated(
    measuredTable([
      {iter_time_s: 'abc'},
      {iter_time_s: -5},
      {iter_time_s: 0},
      {iter_time_s: '1e400'},
      {layers: 'abc'},
      {tp: -4},
      {micro_batch: 1.5},
      {vocab: 'NaN'},
      {peak_mem_GB: '1,5'},
      {},
    ]).join('\n'),
  );
  expect(rows.map(({reason}: {reason: string | null}) => reason)).toEqual([
    'iter_time_s "abc" is not a number above 0',
    'iter_time_s "-5" is not a number above 0',
    'iter_time_s "0" is not a number above 0',
    'iter_time_s "1e400" is not a number above 0',
    'layers "abc" is not a whole number above 0',
    'tp "-4" is not a whole number above 0',
    'micro_batch "1.5" is not a whole number above 0',
    'vocab "NaN" is not a whole number above 0',
    'peak_mem_GB "1,5" is not a number above 0',
    null,
  ]);
  expect(summary.predicted).toBe(1);
});

test('every cell that cannot be read is reported at its place, and rows that can be are predicted', () => {
  const file = temporaryFile(
    'runs.csv',
    measuredTable([{num_gpus: 'abc', precision: 'posit8'}, {mine: 'two\nlines'}, {tp: 0}]).join('\n'),
  );
  const {stdout, stderr, status} = walltime(['validate', file, '--json']);
  expect(stderr.trimEnd().split('\n')).toEqual([
    `${file}:2:32  num_gpus: "abc" is not a whole number above 0  (correct it, or leave the cell empty)`,
    `${file}:2:76  precision: "posit8" is not known  (write one of bf16, fp8, int8, nvfp4, mxfp8, tf32, fp16, fp32)`,
    `${file}:5:63  tp: "0" is not a whole number above 0  (correct it, or leave the cell empty)`,
  ]);
  expect(status).toBe(0);
  const {rows, summary} = JSON.parse(stdout);
  expect(rows.map((row: {reason: string | null}) => row.reason)).toEqual([
    'num_gpus "abc" is not a whole number above 0; precision "posit8" is not known',
    null,
    'tp "0" is not a whole number above 0',
  ]);
  expect(summary).toMatchObject({predicted: 1, skipped: 2});
});

test('a table of which no row can be read is bad input', () => {
  const file = temporaryFile('runs.csv', measuredTable([{num_gpus: 'abc'}, {layers: -1}]).join('\n'));
  const {stdout, stderr, status} = walltime(['validate', file]);
  expect(stderr).toMatch(/runs\.csv:2:\d+ {2}num_gpus: .*\n.*runs\.csv:3:\d+ {2}layers: /);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

test('rows that lack what a prediction needs are skipped and counted, not bad input', () => {
  const file = temporaryFile('runs.csv', measuredTable([{tp: '', dp: ''}]).join('\n'));
  const {stdout, stderr, status} = walltime(['validate', file, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({rows: [{reason: 'unknown: tp'}], summary: {skipped: 1}});
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('what is no table of runs is answered with its place and a remedy', () => {
  const lines = measuredTable([{}]);
  const cases: readonly [string, RegExp][] = [
    ['', /:1:1 {2}has no rows {2}\(write a header line and one row a run\)/],
    [lines[0] ?? '', /:1:1 {2}has no rows/],
    [
      lines.map(line => line.slice(line.indexOf(',') + 1)).join('\n'),
      /:1:1 {2}has no column id {2}\(.*published-runs\.csv/,
    ],
    [`${lines.join('\n')}\n"a"b,c`, /:3:1 {2}is not a table: .*quote/],
  ];
  for (const [text, wrong] of cases) {
    const {stderr, stdout, status} = walltime(['validate', temporaryFile('runs.csv', text)]);
    expect(stderr).toMatch(wrong);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  }
  expect(walltime(['validate', '.']).stderr).toMatch(/is a directory/);
});

test('the report says which stack stood for each framework', () => {
  const file = temporaryFile(
    'runs.csv',
    measuredTable([{framework: 'NeMo 2.0'}, {}, {framework: ''}]).join('\n'),
  );
  const {stdout} = walltime(['validate', file]);
  expect(stdout).toMatch(/^NeMo 2.0 +nemo +1$/m);
  expect(stdout).toMatch(/^my trainer +generic +1$/m);
  expect(stdout).toMatch(/^not stated +generic +1$/m);
});
