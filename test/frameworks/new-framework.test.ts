import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';

const copied = [
  'src',
  'scripts',
  'hardware-profiles',
  'plans',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'LICENSE',
];

let folder = '';

/** A copy of the project with one more framework: a folder, a data file and a line of the registry. */
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'walltime-framework-'));
  for (const name of copied) cpSync(name, path.join(folder, name), {recursive: true});
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  const own = path.join(folder, 'src/frameworks/levanter');
  mkdirSync(own);
  writeFileSync(
    path.join(own, 'framework.ts'),
    `import {type Framework, fixedDefault} from '../framework.js';
import {oneRankOrder} from '../equations.js';
import {month} from '../release.js';

export const levanterFramework: Framework = {
  name: 'levanter',
  title: 'Levanter',
  aliases: [{pattern: /levanter/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [{...oneRankOrder, source: 'src/levanter/trainer.py'}],
  defaults: {recompute: fixedDefault('full', 'src/levanter/models: gradient_checkpointing true')},
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
`,
  );
  writeFileSync(
    path.join(folder, 'hardware-profiles/frameworks/levanter.yaml'),
    readFileSync('hardware-profiles/frameworks/hai-llm.yaml', 'utf8').replaceAll('hai-llm', 'levanter'),
  );
  const registry = path.join(folder, 'src/frameworks/registry.ts');
  const text = readFileSync(registry, 'utf8');
  writeFileSync(
    registry,
    `import {levanterFramework} from './levanter/framework.js';\n${text.replace('const frameworks = {', 'const frameworks = {\n  levanter: levanterFramework,')}`,
  );
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, {cwd: folder, encoding: 'utf8'});

test('a framework is a folder, a data file and a line of the registry', () => {
  const built = run('scripts/build.mjs');
  expect(built.stderr).toBe('');
  writeFileSync(
    path.join(folder, 'plan.yaml'),
    `walltime: 1
model: llama-3-8b
cluster: {hardware: h100-sxm, nodes: 1, software: levanter}
training: {tokens: 1e9, sequence_length: 4096, global_batch: 16}
layout: {tensor: 1, pipeline: 1, micro_batch: 1}
`,
  );
  const simulated = JSON.parse(run('dist/cli.js', 'simulate', 'plan.yaml', '--json').stdout);
  expect(simulated.layout.recompute).toBe('full');
  expect(simulated.defaults).toContainEqual({path: 'layout.recompute', value: 'full', from: 'levanter'});
  const order = readFileSync(path.join(folder, 'plan.yaml'), 'utf8').replace(
    'micro_batch: 1',
    'micro_batch: 1, rank_order: [data, tensor, context, expert, pipeline]',
  );
  writeFileSync(path.join(folder, 'ordered.yaml'), order);
  const refused = run('dist/cli.js', 'check', 'ordered.yaml');
  expect(refused.status).toBe(2);
  expect(refused.stdout).toContain('layout.rank_order: ranks are not numbered in the order');
});
