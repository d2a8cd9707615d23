import {spawn} from 'node:child_process';
import {existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {cli, rightPlan, temporaryFile, walltime} from '../run-cli.js';

/** Quick to search: one family of meshes. */
const pinnedPlan = `${rightPlan}layout:
  {context: 1, schedule: 1f1b, virtual_stages: 1, offload: none, async_tensor: false, sharding_group: all}
`;
const onePlan = `${pinnedPlan}search: {tensor: [2, 4], pipeline: [1, 2]}\n`;
/** Many variants, so that shards get some each, and one gets none. */
const manyDesigns = `${onePlan.replace('tensor: [2, 4]', 'devices: [8, 16, 24, 32, 40, 48], tensor: [2, 4]')}goal: {minimize: memory}\n`;

function planFile(content: string): {readonly file: string; readonly at: (name: string) => string} {
  const file = temporaryFile('plan.yaml', content);
  return {file, at: name => path.join(path.dirname(file), name)};
}

/** JSON without the number of threads, which tells how the answer was found. */
const withoutThreads = (json: string) => json.replace(/"threads": \d+/, '"threads": 0');

describe.each([
  ['the layouts of one design', onePlan],
  ['many designs', manyDesigns],
])('%s', (_name, content) => {
  test('seven shards merge to the answer of one run, to the byte, in any order', () => {
    const {file, at} = planFile(content);
    const single = walltime(['plan', file, '--json']);
    const shards = [1, 2, 3, 4, 5, 6, 7].map(number => {
      const out = at(`${number}.json`);
      const {status, stderr} = walltime(['plan', file, '--shard', `${number}/7`, '--out', out]);
      expect(stderr).toBe(`wrote shard ${number}/7 to ${out}\n`);
      expect(status).toBe(0);
      return out;
    });
    const merged = walltime(['merge', ...shards.toReversed(), '--json']);
    expect(merged.stdout).toBe(single.stdout);
    expect(merged.status).toBe(single.status);
  });

  test('two threads find what one finds', () => {
    const {file} = planFile(content);
    const one = walltime(['plan', file, '--json']).stdout;
    const two = walltime(['plan', file, '--json', '--threads', '2']).stdout;
    expect(JSON.parse(two).search.threads).toBe(2);
    expect(withoutThreads(two)).toBe(withoutThreads(one));
  });
});

test('a search that is ended by Ctrl-C tells the best so far, one that is killed nothing; both resume to the same answer', async () => {
  const nodes = Array.from({length: 24}, (_, i) => i + 1).join(', ');
  const {file, at} = planFile(`${pinnedPlan}search: {nodes: [${nodes}], tensor: [1, 2, 4, 8]}\n`);
  const single = walltime(['plan', file, '--json']).stdout;
  const snapshot = at('snapshot.json');
  const args = ['plan', file, '--json', '--resume', snapshot];
  const killed = await ended(args, snapshot, 'SIGKILL');
  expect(killed.stdout).toBe('');
  const interrupted = await ended(args, snapshot, 'SIGINT');
  expect(interrupted.status).toBe(130);
  const {best, search} = JSON.parse(interrupted.stdout);
  expect(best.step.seconds.p50).toBeGreaterThan(0);
  expect(search.optimal).toBe(false);
  expect(JSON.parse(readFileSync(snapshot, 'utf8')).complete).toBe(false);
  expect(walltime(args).stdout).toBe(single);
  expect(JSON.parse(readFileSync(snapshot, 'utf8')).complete).toBe(true);
  // From a finished one at once.
  expect(walltime(args).stdout).toBe(single);
});

/** Ends a command as soon as it has written its first snapshot, or the first after the one that is there. */
async function ended(args: readonly string[], snapshot: string, signal: NodeJS.Signals) {
  const written = () => (existsSync(snapshot) ? statSync(snapshot).mtimeMs : 0);
  const earlier = written();
  const child = spawn(process.execPath, [cli, ...args], {stdio: ['ignore', 'pipe', 'inherit']});
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const poll = setInterval(() => {
    if (written() === earlier) return;
    clearInterval(poll);
    child.kill(signal);
  }, 10);
  const status = await new Promise<number | null>(resolve => child.on('close', resolve));
  clearInterval(poll);
  return {status, stdout};
}

describe('files that are not the shards of one search', () => {
  test('are refused, each with what to do', () => {
    const {file, at} = planFile(onePlan);
    const other = at('other.yaml');
    writeFileSync(other, onePlan.replace('1e9', '2e9'));
    const search = (plan: string, shard: string, out: string, ...more: string[]) =>
      walltime(['plan', plan, '--shard', shard, '--out', at(out), ...more]);
    search(file, '1/2', 'a.json');
    search(file, '2/2', 'b.json');
    search(file, '1/3', 'c.json');
    search(other, '2/2', 'd.json');
    search(file, '2/2', 'e.json', '--risk', 'p90');
    const refused = (...names: string[]) => {
      const {status, stdout, stderr} = walltime(['merge', ...names.map(at)]);
      expect(stdout).toBe('');
      expect(status).toBe(2);
      return stderr;
    };
    expect(refused('a.json')).toMatch(/a\.json:1:1 {2}shard 2\/2 is missing {2}\(run what is missing/);
    expect(refused('a.json', 'a.json', 'b.json')).toMatch(/shard 1\/2, and so is .*a\.json {2}\(name each/);
    expect(refused('a.json', 'c.json')).toMatch(
      /c\.json:1:1 {2}is shard 1\/3, but .* one of 2 {2}\(merge one/,
    );
    expect(refused('a.json', 'd.json')).toMatch(/d\.json:1:1 {2}is of another plan than .*a\.json/);
    expect(refused('a.json', 'e.json')).toMatch(/e\.json:1:1 {2}was searched with other options/);
    expect(refused('a.json', 'plan.yaml')).toMatch(/plan\.yaml:1:1 {2}is not the result of a search/);
    expect(refused('a.json', 'none.json')).toMatch(/none\.json:1:1 {2}no such file/);
    writeFileSync(
      at('old.json'),
      readFileSync(at('a.json'), 'utf8').replace(/"walltime":"[^"]+"/, '"walltime":"0.0.1"'),
    );
    expect(refused('old.json', 'b.json')).toMatch(
      /old\.json:1:1 {2}was written by walltime 0\.0\.1, this is/,
    );
  });
});

test.each([
  [['--shard', '1/2'], /nothing where to write it {2}\(add --out FILE\)/],
  [['--out', 'x.json'], /--out is for the result of a shard/],
  [['--shard', '3/2', '--out', 'x.json'], /from 1\/2 to 2\/2, or auto/],
  [['--shard', 'auto', '--out', 'x.json'], /auto needs a Slurm job array/],
  [['--threads', '0'], /Write a number above 0/],
])('%j is wrong', (args, wrong) => {
  const {file} = planFile(onePlan);
  const {status, stderr} = walltime(['plan', file, ...args]);
  expect(stderr).toMatch(wrong);
  expect(status).toBe(2);
});

test('a shard and a snapshot are never written over another file', () => {
  const {file, at} = planFile(onePlan);
  writeFileSync(at('mine.txt'), 'mine');
  const shard = walltime(['plan', file, '--shard', '1/2', '--out', at('mine.txt')]);
  expect(shard.stderr).toMatch(/mine\.txt:1:1 {2}is there already and is not of a search/);
  const resumed = walltime(['plan', file, '--resume', at('mine.txt')]);
  expect(resumed.stderr).toMatch(/mine\.txt:1:1 {2}is not the result of a search/);
  expect([shard.status, resumed.status]).toEqual([2, 2]);
  expect(readFileSync(at('mine.txt'), 'utf8')).toBe('mine');
});

test('auto is the place in a Slurm job array, whatever its range, or in an indexed Job', () => {
  const {file, at} = planFile(onePlan);
  const args = ['plan', file, '--shard', 'auto', '--json', '--out'];
  const slurm = {SLURM_ARRAY_TASK_ID: '5', SLURM_ARRAY_TASK_MIN: '4', SLURM_ARRAY_TASK_COUNT: '3'};
  expect(JSON.parse(walltime([...args, at('a.json')], slurm).stdout).shard).toEqual({index: 1, of: 3});
  const job = {JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '2'};
  expect(JSON.parse(walltime([...args, at('b.json')], job).stdout).shard).toEqual({index: 0, of: 2});
});

test('a study has a row for each combination, as text, JSON and CSV, and is sharded like a plan', () => {
  const {file, at} = planFile(
    `${onePlan}study:\n  cluster.devices: [8, 16]\n  training.precision: [bf16, fp8]\n`,
  );
  const {rows, study} = JSON.parse(walltime(['plan', file, '--json']).stdout);
  expect(study).toEqual({axes: ['cluster.devices', 'training.precision'], cells: 4});
  expect(rows).toHaveLength(4);
  const alone = planFile(onePlan.replace('devices: 8', 'devices: 16')).file;
  const {best} = JSON.parse(walltime(['plan', alone, '--json']).stdout);
  expect(rows[2]).toMatchObject({
    values: {'cluster.devices': 16, 'training.precision': 'bf16'},
    verdict: 'meets',
    best: {layout: best.layout, stepSeconds: best.step.seconds.p50, costUsd: best.run.costUsd},
  });
  const csv = walltime(['plan', file, '--csv']).stdout.trimEnd().split('\n');
  expect(csv).toHaveLength(5);
  expect(csv[0]).toMatch(/^cluster\.devices,training\.precision,verdict,reason,step_seconds,/);
  const shards = [1, 2, 3].map(number => at(`${number}.json`));
  for (const [i, out] of shards.entries()) walltime(['plan', file, '--shard', `${i + 1}/3`, '--out', out]);
  expect(walltime(['merge', ...shards, '--json']).stdout).toBe(walltime(['plan', file, '--json']).stdout);
  expect(walltime(['merge', shards[0]!, shards[2]!]).stderr).toMatch(/shard 2\/3 is missing/);
});
