import {expect, test} from 'vitest';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {unusedWarnings} from '../../src/report/warnings.js';

const sections = `walltime: 1
name: sections
model: llama-3-8b
cluster: {hardware: h100-sxm, nodes: 8}
training: {tokens: 1e12, sequence_length: 8192, global_batch: 512}
`;

test('sections that change nothing are named, so that nobody waits for their effect', async () => {
  const read = await readPlanText('plan.yaml', `${sections}diloco: {replicas: 4, inner_steps: 100}\n`);
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  expect(unusedWarnings(read.plan)).toEqual([
    'the diloco section has no effect: this is ordinary data parallel training',
  ]);
});

test('a plan without them has no such warning', async () => {
  const read = await readPlanText('plan.yaml', sections);
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  expect(unusedWarnings(read.plan)).toEqual([]);
});
