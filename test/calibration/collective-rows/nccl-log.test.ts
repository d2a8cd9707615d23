import {expect, test} from 'vitest';
import {isNcclLog, readNcclLog} from '../../../src/calibration/collective-rows/nccl-log.js';

/** As nccl-tests 2.13 prints a run of `ranks` GPUs on hosts of eight. */
function log(ranks: number, sizes: readonly string[], first = ''): string {
  const devices = Array.from({length: ranks}, (_, rank) => {
    const host = `node-${Math.floor(rank / 8)}`;
    return `#  Rank ${rank} Group  0 Pid ${4000 + rank} on     ${host} device  ${rank % 8} [0x1b] NVIDIA H100 80GB HBM3`;
  });
  return [
    first,
    '# nThread 1 nGpus 1 minBytes 8 maxBytes 8589934592 step: 2(factor) warmup iters: 5 iters: 20 agg iters: 1',
    '#',
    '# Using devices',
    ...devices,
    '#',
    '#                                                              out-of-place                       in-place',
    '#       size         count      type   redop    root     time   algbw   busbw #wrong     time   algbw   busbw #wrong',
    '#        (B)    (elements)                               (us)  (GB/s)  (GB/s)            (us)  (GB/s)  (GB/s)',
    ...sizes,
    '# Out of bounds values : 0 OK',
    '# Avg bus bandwidth    : 123.4',
  ].join('\n');
}

const small =
  '           8             2     float     sum      -1    26.12    0.00    0.00      0    25.80    0.00    0.00      0';
const large =
  '  1073741824     268435456     float     sum      -1   5200.0  206.49  387.17      0   5210.0  206.09  386.42      0';

test('each size is a row, with the out-of-place time and the ranks and hosts of the list of devices', () => {
  const {rows, faults} = readNcclLog(log(16, [small, large]), 'job.out');
  expect(faults).toEqual([]);
  expect(rows.map(({line}) => line)).toEqual([25, 26]);
  expect(rows[1]?.row).toMatchObject({
    op: 'all_reduce',
    hardware: 'NVIDIA H100 80GB HBM3',
    ranks: 16,
    nodes: 2,
    devicesPerNode: 8,
    bytes: 2 ** 30,
    seconds: 0.0052,
    flag: null,
  });
});

test('what was timed stands in the command line, in the name of the file, or in the ratio of the bandwidths', () => {
  const gathered = large.replace('  sum ', ' none ').replace('387.17', '193.58');
  const opOf = (text: string, name: string) => readNcclLog(text, name).rows.map(({row}) => row.op);
  expect(opOf(log(16, [small, gathered], './build/alltoall_perf -b 8 -e 8G'), 'job.out')).toEqual([
    'all_to_all',
    'all_to_all',
  ]);
  expect(opOf(log(16, [gathered]), 'all_gather-2-nodes.log')).toEqual(['all_gather']);
  expect(opOf(log(16, [large.replace('387.17', '193.58')]), 'job.out')).toEqual(['reduce_scatter']);
  // A gather and an all-to-all have the same ratio: neither is guessed.
  expect(readNcclLog(log(16, [gathered]), 'job.out')).toMatchObject({
    rows: [],
    faults: [{line: 25, message: 'the log does not say which collective it timed'}],
  });
});

test('lines of a launcher, further runs in one file and wrong values are read', () => {
  const prefixed = (text: string) =>
    text
      .split('\n')
      .map(line => `[1,0]<stdout>:${line}`)
      .join('\n');
  const wrong = large.replace('387.17      0', '387.17     12');
  const text = `${prefixed(log(8, [large], 'reduce_scatter_perf'))}\n${log(16, [wrong])}`;
  expect(isNcclLog(text)).toBe(true);
  const {rows} = readNcclLog(text, 'both.out');
  expect(rows.map(({row}) => [row.op, row.ranks, row.flag])).toEqual([
    ['reduce_scatter', 8, null],
    ['all_reduce', 16, '12 wrong values'],
  ]);
  expect(isNcclLog('id,op,ranks\n1,all_reduce,8')).toBe(false);
});
