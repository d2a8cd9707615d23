import {build} from 'esbuild';
import {expect, test} from 'vitest';
import * as core from '../src/core.js';
import * as walltime from '../src/index.js';

const text = `walltime: 1
name: Small
model: mine
cluster: {hardware: ours, devices: 4, software: megatron-core}
training: {tokens: 1e9, sequence_length: 1024, global_batch: 8}
layout: {context: 1, micro_batch: 1, virtual_stages: 1, offload: none, async_tensor: false}
`;

const names: core.PlanNames = {
  model: async name =>
    name === 'mine' ? walltime.readModel('gpt2-124m') : {message: 'unknown', hint: 'mine'},
  hardware: async name =>
    name === 'ours' ? walltime.readHardware('h100-sxm') : {message: 'unknown', hint: 'ours'},
};

test('a plan whose names the caller finds has the answers of the same plan in files', async () => {
  const read = await core.readPlanText('plan.yaml', text, names);
  if ('problems' in read) throw new Error(read.problems.map(core.formatProblem).join('\n'));
  const files = await walltime.readPlanText(
    'plan.yaml',
    text.replace('mine', 'gpt2-124m').replace('ours', 'h100-sxm'),
  );
  if ('problems' in files) throw new Error('the plan is right');
  expect(core.searchLayouts(read.plan)?.best).toEqual(walltime.searchLayouts(files.plan)?.best);
});

test('a name that leads nowhere is a problem of the plan, with its place', async () => {
  const read = await core.readPlanText('plan.yaml', text.replace('mine', 'yours'), names);
  if (!('problems' in read)) throw new Error('the name is wrong');
  expect(read.problems.map(core.formatProblem)).toEqual(['plan.yaml:3:8  model: unknown  (mine)']);
});

test('what the entries share is the same in both', () => {
  const whole = new Map<string, unknown>(Object.entries(walltime));
  const shared = Object.entries(core).filter(([name]) => name !== 'readPlanText');
  for (const [name, value] of shared) expect(value, name).toBe(whole.get(name));
});

// Bundling for a browser fails on any module of Node.
// Two fifths of the core are zod and yaml; the rules and defaults of all frameworks are 55 KB of it.
test.each([
  {entry: 'core', kilobytes: 500},
  {entry: 'scaling', kilobytes: 270},
])('$entry bundles for a browser in at most $kilobytes KB, mathjs apart', async ({entry, kilobytes}) => {
  const {outputFiles} = await build({
    entryPoints: [`src/${entry}.ts`],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: 'dist',
    write: false,
    logLevel: 'silent',
  });
  const main = outputFiles.find(({path}) => path.endsWith(`/${entry}.js`));
  if (main === undefined) throw new Error('the bundle has its entry');
  expect(main.text).not.toMatch(/["']node:/);
  expect(main.text.length / 1024).toBeLessThan(kilobytes);
});
