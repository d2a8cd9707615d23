import {spawnSync} from 'node:child_process';
import {cpSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished} from 'vitest';
import {cli, rightPlan, walltime} from '../../cli/run-cli.js';
import {withPrograms} from '../../programs.js';
import {slurmPrograms, startSlurm} from './slurm-cluster.js';

const {test, needed} = withPrograms(...slurmPrograms);

/** A small space: the test is of the way that its shards take. */
const pins =
  'layout: {context: 1, schedule: 1f1b, virtual_stages: 1, offload: none, async_tensor: false, sharding_group: all}\n';

test(`an exported sweep runs on Slurm, and merges to the answer of a single run, to the byte${needed}`, () => {
  const {folder, env, stop} = startSlurm();
  onTestFinished(stop);
  const work = path.join(folder, 'work');
  writeFileSync(path.join(work, 'plan.yaml'), `${rightPlan}${pins}`);
  const exported = walltime(['export', path.join(work, 'plan.yaml'), '--to', 'slurm-sweep']);
  expect(exported.status).toBe(0);
  writeFileSync(path.join(work, 'sweep.sh'), exported.stdout);
  const sbatch = spawnSync('sbatch', ['--wait', '--array=0-2', 'sweep.sh'], {
    cwd: work,
    env: {...env, WALLTIME: `${process.execPath} ${cli}`, WALLTIME_OUT: path.join(work, 'shards')},
    encoding: 'utf8',
    timeout: 50_000,
  });
  const logs = readdirSync(work)
    .filter(name => name.endsWith('.log'))
    .map(name => readFileSync(path.join(work, name), 'utf8'));
  expect(sbatch.status, [sbatch.stderr, ...logs].join('\n')).toBe(0);
  const shards = [0, 1, 2].map(index => path.join(work, 'shards', `shard-${index}.json`));
  const merged = walltime(['merge', ...shards, '--json']);
  const single = walltime(['plan', path.join(work, 'plan.yaml'), '--json']);
  expect(merged.stdout).toBe(single.stdout);
  expect(merged.status).toBe(single.status);
  expect(JSON.parse(merged.stdout).search.optimal).toBe(true);
  // A shard is a file that may be carried elsewhere.
  cpSync(shards[0]!, path.join(folder, 'elsewhere.json'));
  expect(
    walltime(['merge', path.join(folder, 'elsewhere.json'), shards[1]!, shards[2]!, '--json']).stdout,
  ).toBe(single.stdout);
});
