import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Command} from 'commander';
import fc from 'fast-check';
import {afterAll, expect, test, vi} from 'vitest';
import {commands} from '../../src/cli/commands.js';
import type {Row} from '../../src/tui/planning/reply.js';
import {makeWork} from '../../src/tui/planning/work.js';
import {formatSeconds} from '../../src/units/format-quantity.js';

const folder = mkdtempSync(path.join(tmpdir(), 'walltime-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** Standard output of a command, run in this process. */
async function printed(name: 'plan' | 'simulate' | 'check' | 'compare', args: readonly string[]) {
  const command = new Command(name).exitOverride();
  (await commands[name].load())(command);
  const chunks: string[] = [];
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => chunks.push(String(chunk)) > 0);
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    await command.parseAsync([...args], {from: 'user'});
  } finally {
    out.mockRestore();
    err.mockRestore();
    process.exitCode = 0;
  }
  return chunks.join('');
}

/** Figures that every face answers with. */
function figures(answer: Record<string, unknown>) {
  const {layout, step, memory, run, loss, tokensPerSecondPerDevice, modelFlopsUtilization} = answer;
  return {layout, step, memory, run, loss, tokensPerSecondPerDevice, modelFlopsUtilization};
}

/** Holds the answers to a plan with one layout against each other; the layout stays out where none fits. */
async function expectOneAnswer(file: string): Promise<boolean> {
  const simulated = JSON.parse(await printed('simulate', [file, '--json']));
  if (!('layout' in simulated) || !simulated.memory.fits) return false;
  const expected = figures(simulated);
  const html = path.join(folder, 'report.html');
  expect(figures(JSON.parse(await printed('plan', [file, '--json', '--html', html])).best)).toEqual(expected);
  const [checked] = JSON.parse(await printed('check', [file, '--json'])).plans;
  expect(figures(checked.simulation)).toEqual(expected);
  const compared = JSON.parse(await printed('compare', [file, file, '--json'])).plans;
  for (const {simulation} of compared) expect(figures(simulation)).toEqual(expected);

  const row = await bestOfPlanner(file);
  expect(row.layout).toEqual(simulated.layout);
  expect(row.step).toEqual(simulated.step.seconds);

  const step = formatSeconds(simulated.step.seconds.p50);
  expect(await printed('simulate', [file])).toContain(step);
  expect(await printed('plan', [file])).toContain(step);
  expect(readFileSync(html, 'utf8')).toContain(step);
  return true;
}

/** The first row of the terminal planner. */
async function bestOfPlanner(file: string) {
  let row: Row | null = null;
  const job = {kind: 'plan', path: file, text: readFileSync(file, 'utf8')} as const;
  for await (const reply of makeWork()(job)) {
    if (reply?.kind === 'plan' && 'rows' in reply.answer) row = reply.answer.rows[0] ?? row;
  }
  if (row === null) throw new Error('the terminal planner answers with a row');
  return row;
}

const softwares = {
  'h100-sxm': ['megatron-core', 'torchtitan', 'deepspeed', 'fsdp', 'nanotron', 'generic', 'any-framework'],
  'a100-80gb': ['megatron-core', 'megatron-deepspeed', 'llm-foundry', 'gpt-neox', 'generic'],
  'tpu-v5p': ['maxtext', 'generic'],
  mi300x: ['primus', 'torchtitan', 'any-framework'],
};

/** Plans that leave their layout open, small enough that their search is short. */
const openPlans = fc
  .constantFrom(...Object.entries(softwares).flatMap(([chip, names]) => names.map(name => ({chip, name}))))
  .chain(({chip, name}) =>
    fc.record({
      hardware: fc.constant(chip),
      software: fc.constant(name),
      model: fc.constantFrom('llama-3-8b', 'gpt2-1.5b', 'qwen3-1.7b', 'mixtral-8x7b', 'llama-3-70b'),
      devices: fc.constantFrom(8, 16, 64),
      rounds: fc.constantFrom(1, 2, 6),
      length: fc.constantFrom(2048, 4096, 8192),
      recompute: fc.constantFrom('none', 'selective', 'full'),
    }),
  );

/** `WALLTIME_PLANS=300` plans as many as the full check does; a sample runs with the other tests. */
const numPlans = Number(process.env.WALLTIME_PLANS ?? 8);

test('a layout that was planned and written is answered alike by every command and face', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(openPlans, async ({hardware, software, model, devices, rounds, length, recompute}) => {
      const file = path.join(folder, 'plan.yaml');
      writeFileSync(
        file,
        `walltime: 1
model: ${model}
cluster: {hardware: ${hardware}, devices: ${devices}, software: ${software}}
training: {tokens: 1e10, sequence_length: ${length}, global_batch: ${devices * rounds}}
layout: {recompute: ${recompute}}
`,
      );
      await printed('plan', [file, '--write']);
      if (await expectOneAnswer(file)) answered += 1;
    }),
    {numRuns: numPlans},
  );
  expect(answered).toBeGreaterThan(numPlans / 3);
});

/** Plans of the repository; the full check takes all of them, a sample the quickest. */
const plans = readdirSync('plans')
  .filter(name => name.endsWith('.yaml'))
  .map(name => `plans/${name}`)
  .filter((_, index) => numPlans >= 300 || index % 8 === 0);

test.each(plans)('%s is answered alike by every command and face', async plan => {
  const file = path.join(folder, path.basename(plan));
  writeFileSync(file, readFileSync(plan, 'utf8'));
  await printed('plan', [file, '--write']);
  await expectOneAnswer(file);
});
