import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {cli, rightPlan, temporaryFile, walltime} from './run-cli.js';

const published = 'plans/frontier-175b-dash2023.yaml';

test('the parts of a step add up to its p50 to the last bit', () => {
  const {step} = JSON.parse(walltime(['simulate', published, '--json']).stdout);
  const sum = Object.values<number>(step.parts).reduce((total, part) => total + part, 0);
  expect(sum).toBe(step.seconds.p50);
  expect(step.seconds.p10).toBeLessThan(step.seconds.p50);
  expect(step.seconds.p90).toBeGreaterThan(step.seconds.p50);
});

test('the parts of a stage add up to what is allocated, of the fullest stage to the peak', () => {
  const {memory} = JSON.parse(walltime(['simulate', published, '--json']).stdout);
  expect(memory.stages).toHaveLength(16);
  for (const {parts, allocatedBytes} of memory.stages) {
    expect(Object.values<number>(parts).reduce((total, part) => total + part, 0)).toBe(allocatedBytes);
  }
  expect(memory.stages[memory.fullestStage].allocatedBytes).toBe(memory.peakBytes);
  expect(memory.fits).toBe(true);
});

test('simulate --json has the documented keys', () => {
  const document = JSON.parse(walltime(['simulate', published, '--json']).stdout);
  expect(Object.keys(document)).toEqual([
    'walltime',
    'plan',
    'layout',
    'step',
    'tokensPerSecondPerDevice',
    'modelFlopsUtilization',
    'hardwareFlopsUtilization',
    'memory',
    'run',
    'loss',
    'defaults',
    'assumptions',
    'warnings',
    'pipeline',
  ]);
  expect(document.pipeline.simulatedSeconds / document.pipeline.closedFormSeconds).toBeCloseTo(1, 2);
  expect(document.run).toMatchObject({goodput: expect.any(Number), costUsd: null});
  expect(document.layout).toMatchObject({tensor: 4, pipeline: 16, data: 16, sharding: 'optimizer'});
});

test('simulate --trace writes a timeline once, and never over a file', () => {
  const file = temporaryFile('timeline.json', '');
  const first = walltime(['simulate', published, '--trace', `${file}.new`]);
  expect(first.status).toBe(0);
  const {traceEvents} = JSON.parse(readFileSync(`${file}.new`, 'utf8'));
  expect(traceEvents.filter((event: {ph: string}) => event.ph === 'X')).toHaveLength(16 * 40 * 2);
  const again = walltime(['simulate', published, '--trace', file]);
  expect(again.status).toBe(2);
  expect(again.stderr).toContain('is there already, and is not overwritten');
  expect(readFileSync(file, 'utf8')).toBe('');
});

test('plan --json has the documented keys, and its counts add up', () => {
  const {best, alternatives, rejected, search} = JSON.parse(
    walltime(['plan', temporaryFile('plan.yaml', rightPlan), '--json']).stdout,
  );
  expect(best.step.seconds.p50).toBeGreaterThan(0);
  expect(alternatives[0].step.seconds.p50).toBeGreaterThanOrEqual(best.step.seconds.p50);
  for (const reason of rejected) {
    expect(reason).toMatchObject({reason: expect.any(String), count: expect.any(Number)});
  }
  expect(search).toMatchObject({optimal: true, threads: expect.any(Number), seconds: null});
  expect(search.space).toBe(search.evaluated + search.excludedByMemory + search.excludedByBound);
});

test('the same input gives byte-identical JSON', () => {
  const file = temporaryFile('plan.yaml', rightPlan);
  for (const args of [
    ['plan', file, '--json'],
    ['simulate', published, '--json'],
    ['validate', '--json'],
  ]) {
    expect(walltime(args).stdout).toBe(walltime(args).stdout);
  }
});

test('plan answers over designs by its goal, and tells why each runner-up lost', () => {
  const open = rightPlan.replace('h100-sxm', 'h100-sxm\n  price: $2/hour');
  const file = temporaryFile(
    'plan.yaml',
    `${open}layout: {context: 1, schedule: 1f1b, virtual_stages: 1, offload: none, async_tensor: false}\ngoal: {minimize: cost, deadline: 2 days}\nsearch: {devices: [4, 8, 16], global_batch: [16, 32], tensor: [1, 2]}\n`,
  );
  const {best, alternatives, designs, pareto, search} = JSON.parse(walltime(['plan', file, '--json']).stdout);
  expect(designs).toHaveLength(6);
  expect(search.designs).toBe(6);
  expect(search.space).toBe(search.evaluated + search.excludedByMemory + search.excludedByBound);
  for (const {verdict, figures, choices} of designs) {
    expect(choices).toEqual({devices: expect.any(Number), globalBatch: expect.any(Number)});
    if (verdict === 'meets') expect(figures.costUsd).toBeGreaterThanOrEqual(best.run.costUsd);
  }
  for (const {lost} of alternatives) expect(lost.reason).not.toBe('');
  expect(pareto[0].runSeconds).toBeLessThanOrEqual(best.run.seconds.p50);
  const text = walltime(['plan', file, '--risk', 'p90']);
  expect(text.stdout).toMatch(
    /no layout of the space that meets the goal is cheaper: \d+ layouts\s+of\s+6\s+designs/,
  );
  const written = JSON.parse(walltime(['plan', file, '--json', '--write']).stdout);
  expect(readFileSync(file, 'utf8')).toContain(`devices: ${written.best.choices.devices}\n`);
  expect(readFileSync(file, 'utf8')).toContain(`global_batch: ${written.best.choices.globalBatch}\n`);
});

test('plan --sensitivity, --faster and --html tell what figures are worth', () => {
  const file = temporaryFile(
    'plan.yaml',
    `${rightPlan}layout: {pipeline: 1, sharding: optimizer, context: 1, offload: none, async_tensor: false}\nsearch: {tensor: [2, 4]}\n`,
  );
  const html = file.replace('plan.yaml', 'plan.html');
  const {stdout} = walltime(['plan', file, '--json', '--sensitivity', '--faster', '10%', '--html', html]);
  const {sensitivity, faster} = JSON.parse(stdout);
  expect(sensitivity.measure).toBe('time');
  expect(sensitivity.figures.map(({name}: {name: string}) => name)).toContain('memory bandwidth');
  expect(faster.wanted).toBe(0.1);
  expect(faster.ways.some(({reaches}: {reaches: boolean}) => reaches)).toBe(true);
  expect(readFileSync(html, 'utf8')).toMatch(/<h2>sensitivity<\/h2>[\s\S]*<svg/);
  expect(walltime(['plan', file, '--faster', 'much']).stderr).toMatch(/Write a share above 0/);
});

test('plan --timing tells how long the search took', () => {
  const file = temporaryFile('plan.yaml', rightPlan);
  expect(JSON.parse(walltime(['plan', file, '--json', '--timing']).stdout).search.seconds).toBeGreaterThan(0);
});

test('plan --write puts the best layout into the file, which then simulates as it stands', () => {
  const file = temporaryFile('plan.yaml', `# mine\n${rightPlan}`);
  const {best} = JSON.parse(walltime(['plan', file, '--json', '--write']).stdout);
  expect(readFileSync(file, 'utf8')).toContain(`# mine\n${rightPlan}layout:\n`);
  const {layout, step} = JSON.parse(walltime(['simulate', file, '--json']).stdout);
  expect(layout).toEqual(best.layout);
  expect(step).toEqual(best.step);
});

test('a partly given layout is filled by the planner, which says what it chose', () => {
  const file = temporaryFile('plan.yaml', `${rightPlan}layout: {tensor: 2}\n`);
  const {stdout, status} = walltime(['simulate', file]);
  expect(status).toBe(0);
  expect(stdout).toContain('tensor 2 x pipeline');
  expect(stdout).toMatch(/chosen by the planner: pipeline \d+, data \d+/);
});

test('check: 0 when all pass, 1 when one misses its goal, 2 when one is wrong', () => {
  const late = temporaryFile('late.yaml', `${rightPlan}goal: {deadline: 1 minute}\n`);
  const wrong = temporaryFile('wrong.yaml', 'walltime: 2\n');
  expect(walltime(['check', published]).status).toBe(0);
  expect(walltime(['check', published, late]).status).toBe(1);
  expect(walltime(['check', published, late, wrong]).status).toBe(2);
  const {stdout} = walltime(['check', late, wrong, '--format', 'github']);
  expect(stdout).toMatch(/^::error file=.*late\.yaml,line=1,col=1,title=walltime::misses the deadline/m);
  expect(stdout).toMatch(/^::error file=.*wrong\.yaml,line=1,col=\d+,title=walltime::walltime: /m);
});

test('validate --json: rows as documented, skipped ones with the reason', () => {
  const {rows, summary} = JSON.parse(walltime(['validate', '--json']).stdout);
  const predicted = rows.find(({id}: {id: string}) => id === 'korth22-0004');
  expect(predicted).toMatchObject({
    status: 'predicted',
    reason: null,
    hardware: 'selene-a100-80gb',
    software: 'megatron-lm-2021',
    measured: {stepSeconds: 13.75, peakMemoryBytes: null, fits: true},
    predicted: {fits: true},
  });
  expect(predicted.predicted.stepSeconds).toBeGreaterThan(13);
  for (const row of rows) expect(row.status === 'skipped').toBe(row.reason !== null);
  expect(summary.rows).toBe(summary.predicted + summary.skipped);
  for (const groups of [summary.sources, summary.hardware, summary.software]) {
    const timed = groups.map(({stepTime}: {stepTime: {count: number} | null}) => stepTime?.count ?? 0);
    expect(timed.reduce((sum: number, count: number) => sum + count, 0)).toBe(summary.stepTime.count);
  }
  expect(summary.baselines.constantMfu.stepTime.count).toBe(summary.stepTime.count);
});

test('validate --by, --rows and --html', () => {
  const file = temporaryFile('notes.html', 'mine');
  const report = file.replace('notes', 'report');
  const {stdout} = walltime(['validate', '--by', 'software', '--rows', '--html', report]);
  expect(readFileSync(report, 'utf8')).toMatch(/<td>korth22-0004<\/td>/);
  expect(stdout).toMatch(/^korth22-0004 +1[34]\.\d s/m);
  expect(stdout).toMatch(/^software +(rows +)?timed/m);
  expect(stdout).toMatch(/^megatron-lm-2021 +19/m);
  expect(walltime(['validate', '--html', file]).stderr).toMatch(/notes.html:1:1 .*is not overwritten/);
  const {stderr, status} = walltime(['validate', '--by', 'colour']);
  expect(stderr).toMatch(/source, hardware, software/);
  expect(status).toBe(2);
});

test('validate takes a stack and a machine for all rows, and refuses those that it does not know', () => {
  const table = 'hardware-profiles/measurements/published-runs.csv';
  const {rows} = JSON.parse(walltime(['validate', table, '--hardware', 'h100-sxm', '--json']).stdout);
  expect(new Set(rows.flatMap((row: {hardware: string | null}) => row.hardware ?? []))).toEqual(
    new Set(['h100-sxm']),
  );
  const {stderr, status} = walltime(['validate', table, '--software', 'megatron-cor']);
  expect(stderr).toMatch(/did you mean megatron-core\?/);
  expect(status).toBe(2);
});

test('model import prints a model file that reads back to the same parameters', () => {
  const config = {
    model_type: 'llama',
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    intermediate_size: 14336,
    vocab_size: 128256,
    tie_word_embeddings: false,
    max_position_embeddings: 8192,
    rms_norm_eps: 1e-5,
    hidden_act: 'silu',
  };
  const {stdout, stderr, status} = walltime([
    'model',
    'import',
    temporaryFile('config.json', JSON.stringify(config)),
  ]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const shown = walltime(['model', 'show', temporaryFile('mine.yaml', stdout), '--json']);
  expect(JSON.parse(shown.stdout).parameters.total).toBe(8030261248);
});

test('the help lists the commands, exit 0', () => {
  const {stdout, status} = walltime(['--help']);
  expect(stdout).toMatch(/Commands:\n {2}tui.*\n {2}plan/);
  expect(status).toBe(0);
});

test.each(['plan', 'simulate', 'check', 'validate', 'hardware', 'model'])(
  '%s --help has an example',
  command => {
    const {stdout, status} = walltime([command, '--help']);
    expect(stdout).toMatch(/Examples?:\n {2}\$ walltime/);
    expect(status).toBe(0);
    expect(walltime(['help', command]).stdout).toBe(stdout);
  },
);

test('a reader that leaves early is no error', () => {
  const {stderr, status} = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" "${cli}" validate --json | head -c 10`],
    {
      encoding: 'utf8',
    },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('an interrupt ends with status 130 and says nothing', () => {
  const script = `"${process.execPath}" "${cli}" plan plans/frontier-175b.yaml & sleep 0.3; kill -INT $!; wait $!`;
  const {stderr, status} = spawnSync('bash', ['-m', '-c', script], {encoding: 'utf8'});
  expect(stderr).not.toMatch(/Error|at /);
  expect(status).toBe(130);
});
