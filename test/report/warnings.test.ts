import {expect, test} from 'vitest';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {unusedWarnings} from '../../src/report/warnings.js';

const sections = `walltime: 1
name: sections
model: llama-3-8b
cluster: {hardware: h100-sxm, nodes: 8}
training: {tokens: 1e12, sequence_length: 8192, global_batch: 512}
`;

async function warningsOf(further: string) {
  const read = await readPlanText('plan.yaml', sections + further);
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return unusedWarnings(read.plan);
}

test('what changes nothing is named, so that nobody waits for its effect', async () => {
  expect(await warningsOf('goal: {minimize: loss}\n')).toEqual([
    'goal.minimize: loss is the same for every layout: the fastest one is taken',
  ]);
});

test('a plan without it has no such warning', async () => {
  expect(
    await warningsOf(
      'diloco: {replicas: 4, inner_steps: 100}\nreliability: {mtbf_per_device: 50000 hours}\n',
    ),
  ).toEqual([]);
});
