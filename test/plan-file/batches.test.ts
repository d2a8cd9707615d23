import {describe, expect, test} from 'vitest';
import {readPlanText} from '../../src/plan-file/read-plan.js';

const plan = (training: string) =>
  readPlanText(
    'plan.yaml',
    `walltime: 1\nmodel: llama-3-8b\ncluster: {hardware: h100-sxm, nodes: 2}\ntraining: {sequence_length: 8192, ${training}}\n`,
  );

describe('a batch in tokens', () => {
  test('is rounded to whole sequences, and the plan keeps what was taken', async () => {
    const read = await plan('tokens: 10 B, global_batch: 4 M tokens');
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    expect(read.plan.training.globalBatch).toBe(488);
    expect(read.plan.assumptions).toEqual([
      'training.global_batch: 4 M tokens taken as 488 sequences of 8192',
    ]);
  });

  test('stages of a ramp take tokens, too', async () => {
    const read = await plan(
      'tokens: 10 B, global_batch: 512, batch_ramp: [{until: 1 B tokens, global_batch: 2 M tokens}]',
    );
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    expect(read.plan.training.batchRamp).toEqual([{until: 1e9, globalBatch: 244}]);
  });
});

test.each([
  ['tokens: 10 B, global_batch: 4 M parameters', 'parameters, but a number of sequences is wanted'],
  ['tokens: 4 M sequences, global_batch: 16', 'sequences, but a number of tokens is wanted'],
  ['tokens: 10 B, global_batch: 4 M', '4000000 sequences of 8192 are 32768000000 tokens'],
  ['tokens: 1 M, global_batch: 1024', 'more than the 1000000 tokens of the whole run'],
])('%s is refused: %s', async (training, message) => {
  const read = await plan(training);
  if (!('problems' in read)) throw new Error('a wrong batch is read');
  expect(read.problems.map(problem => problem.message).join('\n')).toContain(message);
});
