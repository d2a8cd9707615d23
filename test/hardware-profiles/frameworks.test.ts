import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {rowRanges} from '../../src/plan-file/frameworks/fitted-rows.js';
import {anyMachine} from '../../src/plan-file/frameworks/framework-data.js';
import {readFrameworks} from '../../src/plan-file/library/framework-files.js';
import {listHardware} from '../../src/plan-file/library/library.js';
import {listFrameworkFiles} from '../../src/plan-file/library/presets.js';

const folder = 'hardware-profiles/frameworks';

const read = await readFrameworks();
if ('problems' in read) throw new Error(JSON.stringify(read.problems));
const frameworks = Object.entries(read.frameworks);

test('every fact of a framework has its source', () => {
  expect(frameworks.flatMap(([, {figures}]) => figures).length).toBeGreaterThan(200);
  for (const [name, {figures}] of frameworks) {
    for (const {path, source} of figures) expect(source, `${name} ${path}`).toMatch(/\S/);
  }
});

test('constants were fitted, machine by machine and framework by framework, to rows that no other pair was fitted to', () => {
  const ranges = frameworks.flatMap(([name, data]) =>
    data.rows.flatMap(fit =>
      rowRanges(fit.rows).map(range => {
        const [first = '', last = first] = range.split(' to ');
        return {table: fit.table, first, last, pair: `${name} ${fit.machine}`};
      }),
    ),
  );
  expect(ranges.length).toBeGreaterThan(50);
  const sorted = ranges.sort((a, b) => (`${a.table} ${a.first}` < `${b.table} ${b.first}` ? -1 : 1));
  for (const [i, {table, first, pair}] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before?.table === table)
      expect(before.last < first, `${first} of ${pair} and ${before.pair}`).toBe(true);
  }
});

test('constants on a machine have rows, rows have constants, and both name a machine of the package', () => {
  const machines = listHardware();
  for (const [name, {fitted, rows, machines: stated}] of frameworks) {
    const own = Object.keys(fitted).filter(machine => machine !== anyMachine);
    expect(rows.map(({machine}) => machine).sort(), name).toEqual(own.sort());
    expect(machines, name).toEqual(expect.arrayContaining([...own, ...Object.keys(stated)]));
  }
});

// 40 KB was the aim; how each framework cuts its gradients, with its places, took 2.4 KB more.
test('all frameworks with their fits take at most 42.5 KB', () => {
  const files = [...listFrameworkFiles()].flatMap(({path, fits}) => [path, ...(fits === null ? [] : [fits])]);
  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThanOrEqual(42_500);
});

test('the ids of rows stand in fits/ alone', () => {
  for (const file of readdirSync(folder).filter(name => name.endsWith('.yaml'))) {
    expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(/[A-Za-z]-\d{4}( to |\.\.\d)/);
  }
});
