import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {type CliResult, planWith, rightPlan, temporaryFile, walltime} from './run-cli.js';

/** One problem at a place, with what is wrong and what to do; no stack trace, nothing on stdout. */
function expectProblem(result: CliResult, place: string, wrong: RegExp, remedy: RegExp): void {
  expect(result.stderr).toContain(place);
  expect(result.stderr).toMatch(wrong);
  expect(result.stderr).toMatch(remedy);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect(result.stdout).toBe('');
  expect(result.status).toBe(2);
}

const cases: readonly {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly wrong: RegExp;
  readonly remedy: RegExp;
}[] = [
  {
    what: 'an unknown key',
    from: 'walltime: 1',
    to: 'walltime: 1\ncolour: blue',
    at: ':2:1',
    wrong: /colour: unknown/,
    remedy: /one of/,
  },
  {
    what: 'a misspelt key',
    from: 'sequence_length',
    to: 'sequence_lenght',
    at: ':8:3',
    wrong: /sequence_lenght/,
    remedy: /did you mean sequence_length\?/,
  },
  {
    what: 'a wrong unit',
    from: 'tokens: 1e9',
    to: 'tokens: 1e9 parsec',
    at: ':7:11',
    wrong: /training\.tokens: unknown unit parsec/,
    remedy: /units are such as/,
  },
  {
    what: 'a wrong dimension',
    from: 'global_batch: 16',
    to: 'global_batch: 16\ngoal: {deadline: 25 GB/s}',
    at: ':10:18',
    wrong: /25 GB\/s is a bandwidth/,
    remedy: /30 days/,
  },
  {
    what: 'a negative number',
    from: 'devices: 8',
    to: 'devices: -8',
    at: ':5:12',
    wrong: /cluster\.devices/,
    remedy: /above 0|positive|1 or more|at least 1/,
  },
  {
    what: 'zero',
    from: 'global_batch: 16',
    to: 'global_batch: 0',
    at: ':9:17',
    wrong: /training\.global_batch/,
    remedy: /above 0|positive|1 or more|at least 1/,
  },
  {
    what: 'not a number',
    from: 'tokens: 1e9',
    to: 'tokens: .nan',
    at: ':7:11',
    wrong: /training\.tokens/,
    remedy: /\(.+\)/,
  },
  {
    what: 'a number beyond all bounds',
    from: 'tokens: 1e9',
    to: 'tokens: 1e400',
    at: ':7:11',
    wrong: /training\.tokens/,
    remedy: /\(.+\)/,
  },
  {
    what: 'an unknown machine',
    from: 'h100-sxm',
    to: 'h100-smx',
    at: ':4:13',
    wrong: /unknown hardware "h100-smx"/,
    remedy: /did you mean h100-sxm\?/,
  },
  {
    what: 'an unknown model',
    from: 'llama-3-8b',
    to: 'lama-3-8b',
    at: ':2:8',
    wrong: /unknown model "lama-3-8b"/,
    remedy: /did you mean llama-3-8b\?/,
  },
  {
    what: 'text that is not YAML',
    from: 'cluster:',
    to: 'cluster: {',
    at: 'plan.yaml:',
    wrong: /is not YAML/,
    remedy: /check indentation/,
  },
];

describe('a plan with a mistake is answered with its place and a remedy, exit 2', () => {
  test.each(cases)('$what', ({from, to, at, wrong, remedy}) => {
    const file = planWith(from, to);
    const place = at.startsWith(':') ? `${file}${at}` : at;
    expectProblem(walltime(['plan', file]), place, wrong, remedy);
    expectProblem(walltime(['simulate', file]), place, wrong, remedy);
  });

  test('a file that is not there', () => {
    const missing = path.join(path.dirname(temporaryFile('plan.yaml', rightPlan)), 'pln.yaml');
    expectProblem(walltime(['plan', missing]), `${missing}:1:1`, /no such file/, /did you mean plan\.yaml\?/);
  });

  test('a directory', () => {
    const folder = path.join(path.dirname(temporaryFile('x', '')), 'plans');
    mkdirSync(folder);
    expectProblem(walltime(['plan', folder]), `${folder}:1:1`, /is a directory/, /name a file/);
  });

  test('an empty file', () => {
    const file = temporaryFile('plan.yaml', '');
    expectProblem(walltime(['plan', file]), `${file}:1:1`, /is empty/, /plans\//);
  });

  test('50 MB of anything', () => {
    const file = temporaryFile('plan.yaml', Buffer.alloc(50e6, 'a: b\n'));
    expectProblem(walltime(['plan', file]), `${file}:1:1`, /50000000 bytes/, /name a YAML file/);
  });

  test('several mistakes are told at once', () => {
    const file = temporaryFile(
      'plan.yaml',
      rightPlan.replace('h100-sxm', 'h1').replace('tokens', 'tokns').replace('devices: 8', 'devices: -1'),
    );
    const {stderr, status} = walltime(['plan', file]);
    expect(stderr.trim().split('\n').length).toBeGreaterThanOrEqual(3);
    expect(status).toBe(2);
  });

  test('degrees that do not multiply out are told at the layout, with the equation', () => {
    const file = temporaryFile(
      'plan.yaml',
      `walltime: 1
model: gpt3-175b
cluster: {hardware: frontier-mi250x, nodes: 128}
training: {tokens: 300e9, sequence_length: 2048, global_batch: 640, precision: fp16}
layout:
  tensor: 4
  pipeline: 16
  data: 15
`,
    );
    const equation =
      /layout: tensor 4 x pipeline 16 x data 15 = 960, but the cluster has 1024 devices {2}\(set layout\.data to 16\)/;
    expectProblem(walltime(['simulate', file]), `${file}:6:3`, equation, equation);
    expectProblem(walltime(['plan', file]), `${file}:6:3`, equation, equation);
  });

  test('a pinned degree that divides nothing is told at its value, whatever else is open', () => {
    const file = planWith('training:', 'layout:\n  tensor: 7\ntraining:');
    expectProblem(walltime(['plan', file]), file, /tensor 7 does not divide the 8 devices/, /divides/);
  });

  test('with --json the problems are the document', () => {
    const {stdout, stderr, status} = walltime(['plan', planWith('devices: 8', 'devices: 0'), '--json']);
    expect(JSON.parse(stdout).problems).toMatchObject([{line: 5, column: 12, path: 'cluster.devices'}]);
    expect(stderr).toContain(':5:12');
    expect(status).toBe(2);
  });
});

describe('a command line with a mistake is answered with a suggestion, exit 2', () => {
  test.each([
    [['plna'], /unknown command 'plna'/, /Did you mean plan\?/],
    [['plan', 'x.yaml', '--jsno'], /unknown option '--jsno'/, /Did you mean --json\?/],
    [['plan'], /missing required argument 'file'/, /--help/],
    [['plan', 'x.yaml', '--top', 'three'], /--top/, /whole number/],
    [['check', 'x.yaml', '--format', 'gitlab'], /--format/, /github/],
    [
      ['hardware', 'show', 'frontier-mi250'],
      /unknown hardware "frontier-mi250"/,
      /did you mean frontier-mi250x\?/,
    ],
    [['model', 'show', 'gpt-3-17b'], /unknown model/, /did you mean gpt3-175b\?/],
  ])('walltime %j', (args, wrong, remedy) => {
    const {status, stderr} = walltime(args);
    expect(stderr).toMatch(wrong);
    expect(stderr).toMatch(remedy);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(2);
  });
});
