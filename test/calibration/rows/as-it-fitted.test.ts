import {expect, test} from 'vitest';
import {predictTable} from './predict-table.js';

/** Llama 2 70B on as many H100 as hold it only with sharded states. */
const row = {
  id: 'some-0001',
  framework: 'Megatron-LM',
  hardware: 'H100-80GB-SXM',
  num_gpus: '64',
  model_name: 'Llama-2-70B',
  layers: '80',
  hidden: '8192',
  ffn_hidden: '28672',
  heads: '64',
  kv_heads: '8',
  vocab: '32000',
  gated_mlp: '1',
  seq_len: '4096',
  tp: '4',
  pp: '2',
  dp: '8',
  micro_batch: '2',
  global_batch: '128',
  precision: 'bf16',
};

async function predicted(cells: Readonly<Record<string, string>>) {
  const [answer] = await predictTable([{...row, ...cells}]);
  if (answer?.status !== 'predicted') throw new Error(answer?.reason);
  return answer;
}

test('a run that ran did fit: what its row leaves open is taken as the least that makes it fit, and told', async () => {
  const open = await predicted({});
  expect(open.predicted.fits).toBe(true);
  expect(open.assumptions).toContain(
    'zero_stage not stated: taken as optimizer: as stated it would not fit, and it ran',
  );
  expect(open.assumptions.some(line => line.startsWith('recomputation not stated: taken as none'))).toBe(
    false,
  );
  const less = await predicted({zero_stage: '1', sequence_parallel: '1'});
  expect(less.predicted.fits).toBe(true);
  expect(less.assumptions.filter(line => line.endsWith('it ran'))).toHaveLength(1);
});

test('what a row states stays as it is', async () => {
  const stated = {zero_stage: '0', sequence_parallel: '0', recompute: 'full'};
  expect((await predicted(stated)).predicted.fits).toBe(false);
});

test('nothing is assumed of a run that ran out of memory', async () => {
  const failed = await predicted({result: 'OOM'});
  expect(failed.predicted.fits).toBe(false);
  expect(failed.assumptions).toContain('recomputation not stated: taken as none');
});

test('a run that fits as stated has nothing assumed of it', async () => {
  const fits = await predicted({zero_stage: '1', sequence_parallel: '1', recompute: 'full'});
  expect(fits.assumptions).toEqual([]);
});
