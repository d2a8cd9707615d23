import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';

const script = path.resolve('scripts/check-floors.mjs');

/** Runs the check on a made-up tree, given as file -> source. */
function checkTree(files: Readonly<Record<string, string>>): {status: number | null; problems: string[]} {
  const tree = mkdtempSync(path.join(tmpdir(), 'floors-'));
  try {
    for (const [file, source] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(tree, file)), {recursive: true});
      writeFileSync(path.join(tree, file), source);
    }
    const {status, stderr} = spawnSync(process.execPath, [script, tree], {encoding: 'utf8'});
    return {status, problems: stderr.split('\n').slice(0, -2)};
  } finally {
    rmSync(tree, {recursive: true});
  }
}

test('imports of the own folder and of floors below are let through', () => {
  const {status, problems} = checkTree({
    'src/units/quantities.ts': 'export const bytes = (n: number): number => n;',
    'src/cost/gemm.ts': "import {bytes} from '../units/quantities.js';\nexport const one = bytes(1);",
    'src/cost/collective/ring.ts': "export {one} from '../gemm.js';",
    'src/search/search.ts':
      "import {all} from 'mathjs';\nexport * from '../cost/collective/ring.js';\nexport {all};",
    'src/plan-file/read.ts': "import {readFileSync} from 'node:fs';\nexport const read = readFileSync;",
    'src/tui/app.tsx': "import {Text} from 'ink';\nexport const App = () => <Text>hi</Text>;",
    'src/cli/main.ts': "const {App} = await import('../tui/app.js');\nexport {App};",
    'src/index.ts': "export {read} from './plan-file/read.js';",
  });
  expect({status, problems}).toEqual({status: 0, problems: []});
});

test('an import that goes up is named with its file and line, in every form that imports have', () => {
  const {status, problems} = checkTree({
    'src/cost/gemm.ts': [
      "import {a} from '../search/search.js';",
      "import type {B} from '../search/search.js';",
      "export {c} from '../search/search.js';",
      "export * from '../search/search.js';",
      "export const d = await import('../search/search.js');",
      "export type E = typeof import('../search/search.js');",
      'export const f: B = a;',
    ].join('\n'),
  });
  expect(status).toBe(1);
  expect(problems).toEqual(
    [1, 2, 3, 4, 5, 6].map(
      line => `src/cost/gemm.ts:${line}  floor 2 (cost) may not import floor 4 (search)`,
    ),
  );
});

test('problems of all files are listed at once', () => {
  const {problems} = checkTree({
    'src/units/bytes.ts': "import '../cost/gemm.js';",
    'src/model/model.ts': "import '../cluster/cluster.js';",
    'src/cluster/cluster.ts': "import '../layout/layout.js';",
    'src/layout/layout.ts': "import '../model/model.js';\nimport '../cluster/cluster.js';",
    'src/run/run.ts': "import '../search/search.js';",
    'src/tui/app.tsx': "import '../cli/main.js';",
    'src/cli/main.ts': "import '../index.js';",
  });
  expect(problems).toEqual([
    'src/cli/main.ts:1  floor 6 (cli) may not import floor 6 (index.ts)',
    'src/cluster/cluster.ts:1  floor 1 (cluster) may not import floor 1 (layout)',
    'src/model/model.ts:1  floor 1 (model) may not import floor 1 (cluster)',
    'src/run/run.ts:1  floor 4 (run) may not import floor 4 (search)',
    'src/tui/app.tsx:1  floor 6 (tui) may not import floor 6 (cli)',
    'src/units/bytes.ts:1  floor 0 (units) may not import floor 2 (cost)',
    'files import each other: src/cluster/cluster.ts, src/layout/layout.ts, src/model/model.ts',
  ]);
});

test('packages and builtins are kept to their floors', () => {
  const {problems} = checkTree({
    'src/cost/gemm.ts': "import 'mathjs';\nimport 'node:fs';",
    'src/scaling/fit.ts': "import 'mathjs';\nimport '@scope/solver/lib';\nimport 'node:os';",
    'src/report/html.ts': "import 'zod';\nimport 'react/jsx-runtime';",
    'src/report/card.tsx': 'export const one = 1;',
  });
  expect(problems).toEqual([
    'src/cost/gemm.ts:1  floor 2 (cost) may not import the package mathjs: only floors 4 and up may',
    'src/cost/gemm.ts:2  floor 2 (cost) may not import node:fs: only floors 5 and 6 do input and output',
    'src/report/card.tsx:1  JSX needs react: only src/tui may hold .tsx files',
    'src/report/html.ts:2  floor 5 (report) may not import react: only src/tui may',
    'src/scaling/fit.ts:2  floor 4 (scaling) may not import the package @scope/solver: only floors 5 and up may',
    'src/scaling/fit.ts:3  floor 4 (scaling) may not import node:os: only floors 5 and 6 do input and output',
  ]);
});

test('the clock, the process, chance and module state are refused on the pure floors', () => {
  const {problems} = checkTree({
    'src/run/run.ts': [
      'export const a = Math.random();',
      'export const b = Date.now();',
      'export const c = process.env;',
      'export const {argv} = process;',
      'export const d = (now = Date.now()): number => now;',
      'export let calls = 0;',
    ].join('\n'),
    'src/cli/main.ts': 'export const now = Date.now() + Math.random() + process.uptime();',
  });
  const wanted = 'take its value as an argument';
  expect(problems).toEqual([
    `src/run/run.ts:1  floor 4 (run) may not use Math.random: ${wanted}`,
    `src/run/run.ts:2  floor 4 (run) may not use Date.now: ${wanted}`,
    `src/run/run.ts:3  floor 4 (run) may not use process.env: ${wanted}`,
    `src/run/run.ts:4  floor 4 (run) may not use process: ${wanted}`,
    `src/run/run.ts:5  floor 4 (run) may not use Date.now: ${wanted}`,
    'src/run/run.ts:6  module-level let: state belongs in arguments and results',
  ]);
});

test('names that only look like globals are let through', () => {
  const {problems} = checkTree({
    'src/run/run.ts': [
      '/** process.env, Math.random() */',
      "export const text = 'Date.now()';",
      'export interface Report { readonly process: number; readonly date: Date }',
      'export const speed = (performance: Report): number => performance.process;',
      'export const report = {process: 1, performance: 2};',
    ].join('\n'),
  });
  expect(problems).toEqual([]);
});

test('vague file names, default exports and folders without a floor are refused', () => {
  const {problems} = checkTree({
    'src/cost/utils.ts': 'export const one = 1;',
    'src/cost/helpers/round.ts': 'export const two = 2;',
    'src/cost/gemm.ts': 'export default 1;',
    'src/magic/spell.ts': 'export const three = 3;',
  });
  expect(problems).toEqual([
    'src/cost/gemm.ts:1  default export: give it a name',
    'src/cost/helpers/round.ts:1  "helpers" says nothing: name the concept it holds',
    'src/cost/utils.ts:1  "utils.ts" says nothing: name the concept it holds',
    'src/magic/spell.ts:1  src/magic has no floor: add it to scripts/floors/floors.mjs',
  ]);
});

test('inside a folder with inner floors an import goes down as well', () => {
  const {problems} = checkTree({
    'src/report/page/table.ts': 'export const table = 1;',
    'src/report/warnings.ts': "export {table} from './page/table.js';\nexport * from './text/plan-text.js';",
    'src/report/text/plan-text.ts': "export {json} from '../json/plan-json.js';",
    'src/report/json/plan-json.ts': 'export const json = 1;',
  });
  expect(problems).toEqual([
    'src/report/text/plan-text.ts  report/text may not import report/json, which stands next to it',
    'src/report/warnings.ts  report/warnings.ts may not import report/text, which stands above it',
  ]);
});

test('an exported name is unique, whatever exports it', () => {
  const {problems} = checkTree({
    'src/cost/shard.ts': 'export interface Shard {a: 1}\nexport const {one, two: three} = {one: 1, two: 2};',
    'src/search/shard.ts': 'export class Shard {}\nexport function three(): void {}',
    'src/cli/main.ts': "export {one} from '../cost/shard.js';",
  });
  expect(problems).toEqual([
    'Shard is exported by src/cost/shard.ts and src/search/shard.ts: one of them needs another name',
    'three is exported by src/cost/shard.ts and src/search/shard.ts: one of them needs another name',
  ]);
});

test('circles of imports are found through types, and folders of more than 12 files', () => {
  const files = Object.fromEntries(
    Array.from({length: 13}, (_, i) => [`src/cost/file-${i}.ts`, `export const file${i} = ${i};`]),
  );
  const {problems} = checkTree({
    ...files,
    'src/run/a.ts': "import type {B} from './b.js';\nexport type A = B;",
    'src/run/b.ts': "export type B = import('./c.js').C;",
    'src/run/c.ts': "export type {A as C} from './a.js';",
    'src/run/d.ts': "export type {B as D} from './b.js';",
  });
  expect(problems).toEqual([
    'src/cost holds 13 files, more than 12: it needs an inner order',
    'files import each other: src/run/a.ts, src/run/b.ts, src/run/c.ts',
  ]);
});

test('comments stand alone, without banned words, and functions take at most five parameters', () => {
  const {problems} = checkTree({
    'src/cost/gemm.ts': [
      '/** Of a product: seconds. */',
      'export const seconds = 1;',
      '// The bytes that are read anew, behind the product.',
      '/** Hidden behind compute. */',
      'export const toldBytes = 1;',
      'export const fits = (a: 1, b: 1, c: 1, d: 1, e: 1): number => a + b + c + d + e;',
      'export function long(a: 1, b: 1, c: 1, d: 1, e: 1, f: 1): number { return a + b + c + d + e + f; }',
    ].join('\n'),
  });
  expect(problems).toEqual([
    'src/cost/gemm.ts:1  a doc comment that starts with "Of" needs its neighbours to make sense',
    'src/cost: 1 comments against a budget of 0 (scripts/floors/allowances.json; moved files take theirs along)',
    'src/cost/gemm.ts:3  "anew" in a comment: again',
    'src/cost/gemm.ts:3  "behind" in a comment: after',
    'src/cost/gemm.ts:5  "told" in the name toldBytes',
    'src/cost: 3 words against a budget of 0 (scripts/floors/allowances.json; moved files take theirs along)',
    'src/cost/gemm.ts:7  long takes 6 parameters: a record of at most 5',
    'src/cost: 1 parameters against a budget of 0 (scripts/floors/allowances.json; moved files take theirs along)',
  ]);
});

test('an allowance lets through what it names, and is a problem once nothing needs it', () => {
  const {problems} = checkTree({
    'src/cost/shard.ts': 'export const shard = 1;',
    'src/search/shard.ts': '/** Of a search. */\nexport const shard = 1;',
    'scripts/floors/allowances.json': JSON.stringify({
      names: ['shard', 'gone'],
      folders: ['src/cost'],
      cycles: [['src/a.ts', 'src/b.ts']],
      imports: ['src/a.ts ./b.js'],
      comments: {'src/search': 1, 'src/cost': 2},
    }),
  });
  const remove = 'is no longer needed: remove it';
  expect(problems).toEqual([
    `scripts/floors/allowances.json: "gone" of names ${remove}`,
    `scripts/floors/allowances.json: "src/cost" of folders ${remove}`,
    `scripts/floors/allowances.json: "src/a.ts, src/b.ts" of cycles ${remove}`,
    `scripts/floors/allowances.json: "src/a.ts ./b.js" of imports ${remove}`,
  ]);
});
