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
    'src/cost/helpers/round.ts': 'export const one = 1;',
    'src/cost/gemm.ts': 'export default 1;',
    'src/magic/spell.ts': 'export const one = 1;',
  });
  expect(problems).toEqual([
    'src/cost/gemm.ts:1  default export: give it a name',
    'src/cost/helpers/round.ts:1  "helpers" says nothing: name the concept it holds',
    'src/cost/utils.ts:1  "utils.ts" says nothing: name the concept it holds',
    'src/magic/spell.ts:1  src/magic has no floor: add it to scripts/floors/floors.mjs',
  ]);
});
