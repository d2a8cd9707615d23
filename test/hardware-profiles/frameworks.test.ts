import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {expandRows} from '../../src/plan-file/frameworks/fitted-rows.js';
import {anyMachine} from '../../src/plan-file/frameworks/framework-data.js';
import {readFrameworks} from '../../src/plan-file/library/framework-files.js';
import {listHardware} from '../../src/plan-file/library/library.js';

const folder = 'hardware-profiles/frameworks';

const read = await readFrameworks();
if ('problems' in read) throw new Error(JSON.stringify(read.problems));
const frameworks = Object.entries(read.frameworks);

test('every fact of a framework has its source', () => {
  for (const [name, {figures}] of frameworks) {
    expect(figures.length, name).toBeGreaterThan(0);
    for (const {path, source} of figures) expect(source, `${name} ${path}`).toMatch(/\S/);
  }
});

test('constants were fitted, machine by machine and framework by framework, to rows that no other pair was fitted to', () => {
  const rows = frameworks.flatMap(([name, data]) =>
    data.rows.flatMap(fit => expandRows(fit.rows).map(id => [id, `${name} ${fit.machine}`] as const)),
  );
  expect(rows.length).toBeGreaterThan(1000);
  const pairs = new Map(rows);
  expect(rows.filter(([id, pair]) => pairs.get(id) !== pair)).toEqual([]);
  expect(pairs.size).toBe(rows.length);
});

test('constants on a machine have rows, rows have constants, and both name a machine of the package', () => {
  const machines = listHardware();
  for (const [name, {fitted, rows, machines: stated}] of frameworks) {
    const own = Object.keys(fitted).filter(machine => machine !== anyMachine);
    expect(rows.map(({machine}) => machine).sort(), name).toEqual(own.sort());
    expect(machines, name).toEqual(expect.arrayContaining([...own, ...Object.keys(stated)]));
  }
});

test('the ids of rows stand in fits/ alone', () => {
  for (const file of readdirSync(folder).filter(name => name.endsWith('.yaml'))) {
    expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(/[A-Za-z]-\d{4}( to |\.\.\d)/);
  }
});
