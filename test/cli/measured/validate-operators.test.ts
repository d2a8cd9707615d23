import {expect, test} from 'vitest';
import {temporaryFile, walltime} from '../run-cli.js';
import {measuredTable} from './measured-table.js';

const kernelHeader = 'id,confidence,hardware,op,dtype,m,n,k,batch,seq,heads,head_dim,causal,seconds,flag';
const kernels = [
  kernelHeader,
  'a,high,H100-SXM,matmul,bf16,8192,8192,8192,,,,,,0.0014,',
  'b,high,H100-SXM,matmul,bf16,4096,4096,4096,,,,,,0.00018,',
  'c,medium,H100-SXM,attention-forward,bf16,,,,1,8192,32,128,1,0.001,',
  'd,high,H100-SXM,scan-forward,bf16,,,,1,4096,32,128,1,0.001,',
  'e,high,Zeta-9,matmul,bf16,8192,8192,8192,,,,,,0.001,',
  'f,low,H100-SXM,matmul,bf16,8192,8192,8192,,,,,,0.0000001,',
  'g,high,H100-SXM,matmul,bf16,8192,8192,8192,,,,,,0.001,impossible',
];
const collectives = [
  'id,hardware,op,ranks,nodes,gpus_per_node,bytes,seconds_median,flag',
  'n1,H100,all_reduce,8,1,8,1073741824,0.0042,',
  'n2,H100,all_reduce,16,2,8,1073741824,0.0046,congested',
  'n3,H100,ep_dispatch,16,2,8,,0.0002,',
];

const csv = (lines: readonly string[]) => temporaryFile('table.csv', lines.join('\n'));

function answered(files: readonly string[], ...further: string[]) {
  const {stdout, status} = walltime(['validate', ...files, '--json', ...further]);
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

test('tables of kernels and collectives are known by their columns; rows have the keys that others read', () => {
  const {rows, summary, slices} = answered([csv(kernels), csv(collectives)]);
  expect(rows[0]).toEqual({
    id: 'a',
    kind: 'kernel',
    status: 'predicted',
    reason: null,
    op: 'matmul',
    hardware: 'H100-SXM',
    profile: 'h100-sxm',
    measured: {seconds: 0.0014},
    predicted: {seconds: expect.any(Number)},
  });
  expect(rows.map(({id, reason}: {id: string; reason: string | null}) => [id, reason])).toEqual([
    ['a', null],
    ['b', null],
    ['c', null],
    ['d', 'scan is not modelled'],
    ['e', 'no hardware profile matches "Zeta-9": --hardware chooses one'],
    ['f', 'of low confidence'],
    ['g', 'flagged impossible'],
    ['n1', null],
    ['n2', 'flagged congested'],
    ['n3', 'ep_dispatch is not modelled'],
  ]);
  expect(summary).toMatchObject({rows: 10, predicted: 4, leftOut: 3});
  expect(summary.answered).toBeCloseTo(4 / 7, 12);
  const products = slices.find(
    ({op, hardware}: {op: string; hardware: string}) => op === 'matmul' && hardware === 'H100-SXM',
  );
  expect(products).toMatchObject({rows: 4, predicted: 2, leftOut: 2});
  const errors = rows
    .slice(0, 2)
    .map(
      (row: {predicted: {seconds: number}; measured: {seconds: number}}) =>
        row.predicted.seconds / row.measured.seconds - 1,
    );
  expect(products.medianBias).toBeCloseTo((errors[0] + errors[1]) / 2, 12);
});

test('--flagged counts rows that the table distrusts, --software prices them as a framework reaches them', () => {
  expect(answered([csv(kernels)], '--flagged').summary).toMatchObject({predicted: 5, leftOut: 0});
  const [alone, trained] = [[], ['--software', 'megatron-core']].map(
    further => answered([csv(kernels)], ...further).rows[0].predicted.seconds,
  );
  expect(trained).toBeGreaterThan(alone);
});

test('a cell that cannot be read is reported at its place, and its row is not answered', () => {
  const file = csv([...kernels, 'h,high,H100,matmul,bf16,many,1,1,,,,,,0.001,']);
  const {stdout, stderr, status} = walltime(['validate', file, '--json']);
  expect(status).toBe(0);
  expect(stderr).toContain(`${file}:9:25  m: "many" is not a whole number above 0`);
  expect(JSON.parse(stdout).rows.at(-1)).toMatchObject({
    id: 'h',
    status: 'skipped',
    reason: 'm "many" is not a whole number above 0',
  });
});

test('files of two kinds, and tables without the columns they need, are bad input', () => {
  const runs = csv(measuredTable([{}]));
  const mixed = walltime(['validate', csv(kernels), runs]);
  expect(mixed.status).toBe(2);
  expect(mixed.stderr).toContain(`${runs}:1:1  holds training runs`);
  const untimed = csv(['hardware,op,m', 'H100,matmul,8']);
  const result = walltime(['validate', untimed]);
  expect(result.status).toBe(2);
  expect(result.stderr).toContain(`${untimed}:1:1  has no column seconds`);
});

test('the text lists each slice, and every reason why rows were not answered', () => {
  const {stdout} = walltime(['validate', csv(kernels)]);
  expect(stdout).toMatch(/H100-SXM\s+matmul\s+4\s+2\s/);
  expect(stdout).toContain('3 of 5 rows answered (60 %)');
  for (const reason of ['1 scan is not modelled', '1 flagged impossible', '1 of low confidence']) {
    expect(stdout).toContain(reason);
  }
  expect(walltime(['validate', csv(kernels), '--rows']).stdout).toContain(
    'd not answered: scan is not modelled',
  );
});

test('a log of nccl-tests is answered as it was printed', () => {
  const log = temporaryFile(
    'all_gather.log',
    [
      '# nThread 1 nGpus 2 minBytes 8 maxBytes 8589934592 step: 2(factor) warmup iters: 5 iters: 20',
      '#  Rank  0 Group  0 Pid 1 on  node device  0 [0x1b] NVIDIA H100 80GB HBM3',
      '#  Rank  1 Group  0 Pid 1 on  node device  1 [0x43] NVIDIA H100 80GB HBM3',
      '#       size         count      type   redop    root     time   algbw   busbw #wrong     time   algbw   busbw #wrong',
      '  1073741824     134217728     float    none      -1   1600.0  671.09  335.54      0   1601.0  670.67  335.34    N/A',
    ].join('\n'),
  );
  expect(answered([log]).rows).toMatchObject([
    {id: 'all_gather.log:5', op: 'all_gather', status: 'predicted', measured: {seconds: 0.0016}},
  ]);
});

test('profiles are listed by how far off they are, with the figures that their worst operator rests on', () => {
  const rows = (hardware: string, op: string, seconds: number) =>
    [1, 2, 3].map(
      i => `${hardware}${op}${i},high,${hardware},${op},bf16,8192,8192,${4096 * i},,,,,,${seconds * i},`,
    );
  const table = csv([kernelHeader, ...rows('H100-SXM', 'matmul', 0.0007), ...rows('B200', 'matmul', 0.9)]);
  const {profiles} = answered([table]);
  expect(profiles.map(({profile}: {profile: string}) => profile)).toEqual(['b200', 'h100-sxm']);
  expect(profiles[0].medianOfSlices).toBeGreaterThan(0.9);
  expect(profiles[0].figures[0]).toBe('accelerator.kernels.gemm_efficiency');
  expect(walltime(['validate', table]).stdout).toContain(
    'b200: matmul rests on accelerator.kernels.gemm_efficiency',
  );
});
