import {expect, test} from 'vitest';
import {temporaryFile, walltime} from '../run-cli.js';

const columns = ['--n', 'params', '--d', 'tokens', '--loss', 'val_loss'];

/** Runs of the power law L = 18 N^-0.1, with an empty cell and a run of another kind. */
function table(extra = ''): string {
  const sizes = [1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9];
  const rows = sizes.map((size, i) => `${size},${20 * size},${18 * size ** -0.1 * (1 + 1e-3 * (i % 2))}`);
  return temporaryFile(
    'runs.csv',
    ['params,tokens,val_loss', ...rows, '1e9,2e10,', '1e9,1e9,9', extra].join('\n'),
  );
}

test('fit-law --json gives the coefficients with their errors, and says which rows it left out', () => {
  const args = ['fit-law', table(), '--law', 'diloco-data-parallel', ...columns, '--where', 'd / n > 2'];
  const {status, stdout, stderr} = walltime([...args, '--bootstraps', '10', '--json']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    law: 'diloco-data-parallel',
    rows: 6,
    rowsIncomplete: 1,
    rowsFiltered: 1,
    parameters: {
      alpha: {value: expect.closeTo(-0.1, 2)},
      A: {low: expect.any(Number), high: expect.any(Number)},
    },
    loss: expect.any(Number),
    bootstraps: 10,
    seed: 1,
  });
  const shown = walltime([...args, '--bootstraps', '10']);
  expect(shown.stdout).toContain('diloco-data-parallel fitted to 6 runs');
  expect(shown.stdout).toMatch(/^alpha +-0\.\d+/m);
});

test('a row that the condition leaves out may hold what could not be fitted', () => {
  const args = ['--law', 'diloco-data-parallel', ...columns, '--bootstraps', '2', '--json'];
  const {status, stdout} = walltime(['fit-law', table('1e9,0,3'), ...args, '--where', 'd / n > 2']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({rows: 6, rowsFiltered: 2});
});

test('compute stands for tokens', () => {
  const law = ['--law', 'diloco-data-parallel', '--bootstraps', '2', '--json'];
  const csv = temporaryFile('c.csv', 'n,c,l\n1,120,5\n2,480,4\n4,1920,3\n8,7680,2\n');
  const {stdout} = walltime([
    'fit-law',
    csv,
    ...law,
    '--n',
    'n',
    '--c',
    'c',
    '--loss',
    'l',
    '--where',
    'd / n == 20',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({rows: 4});
});

test.each<readonly [string, () => string, readonly string[], RegExp]>([
  [
    'a missing column',
    table,
    ['--n', 'parms', '--d', 'tokens', '--loss', 'val_loss'],
    /runs\.csv:1:1 {2}has no column parms .*did you mean params/,
  ],
  [
    'a cell that is no number',
    () => table('1e9,abc,3'),
    columns,
    /runs\.csv:10:5 {2}tokens: "abc" is not a number above 0/,
  ],
  ['a negative number', () => table('1e9,-3,3'), columns, /"-3" is not a number above 0/],
  ['parameters alone', table, ['--n', 'params', '--loss', 'val_loss'], /--n, --d, --c: two of them/],
  [
    'too few rows',
    table,
    [...columns, '--where', 'n > 1e12'],
    /has 0 rows to fit, besiroglu needs 6 or more/,
  ],
  ['a hostile condition', table, [...columns, '--where', 'import("fs")'], /--where: unknown function import/],
  [
    'an input that the law does not read',
    table,
    [...columns, '--input', 'replicas=M'],
    /does not read replicas/,
  ],
  ['an unknown input', table, [...columns, '--input', 'replica=M'], /did you mean replicas/],
  ['no such file', () => 'nowhere.csv', columns, /nowhere\.csv:1:1 {2}no such file/],
])('%s is answered with what to do, exit 2', (_, file, args, message) => {
  const {status, stdout, stderr} = walltime(['fit-law', file(), '--law', 'besiroglu', ...args]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});
