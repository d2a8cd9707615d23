import {describe, expect, test} from 'vitest';
import {prepareGroup} from '../../../src/cluster/group.js';
import {plainCollectives, type TopologyLevel} from '../../../src/cluster/topology.js';
import {collectiveSeconds} from '../../../src/cost/collective/collective.js';
import {busFactor} from '../../../src/cost/collective/explain.js';
import {bytes, seconds} from '../../../src/units/quantities.js';
import {bulkData} from '../../published/tables.js';
import {type MeasuredCollective, readMeasuredCollectives, series} from './measured-collectives.js';

const bulk = bulkData('measurements/collectives.csv');
const rows = bulk.missing ? [] : readMeasuredCollectives(bulk.url);
const smallBytes = 2 ** 20;

function predictedSeconds(row: MeasuredCollective, topology: readonly TopologyLevel[]): number {
  const group = prepareGroup({topology, numDevices: row.size}, {size: row.size, stride: 1});
  return collectiveSeconds(row.kind, bytes(row.bytes), group);
}

/** Relative error of the predicted bus bandwidth. */
function bandwidthError(row: MeasuredCollective): number {
  const predicted = predictedSeconds(row, row.topology) + row.hostSeconds;
  if ('bandwidth' in row.bus) {
    return Math.abs((row.bytes * busFactor(row.kind, row.size)) / predicted / row.bus.bandwidth - 1);
  }
  const bare = row.topology.map(level => ({
    ...level,
    ...plainCollectives,
    latency: seconds(0),
    efficiency: [],
  }));
  return Math.abs(predictedSeconds(row, bare) / predicted / row.bus.fractionOfLinks - 1);
}

function medianError(chosen: readonly MeasuredCollective[]): number {
  const errors = chosen.map(bandwidthError).sort((a, b) => a - b);
  const middle = errors.length / 2;
  return ((errors[Math.ceil(middle) - 1] ?? 0) + (errors[Math.floor(middle)] ?? 0)) / 2;
}

describe.skipIf(bulk.missing)(`bus bandwidth against collectives.csv ${bulk.needed}`, () => {
  const large = rows.filter(row => row.bytes > smallBytes);
  const small = rows.filter(row => row.bytes <= smallBytes);

  test('the median error is at most 10 % above 1 MiB and 20 % up to it', () => {
    expect(large.length).toBeGreaterThan(250);
    expect(small.length).toBeGreaterThan(20);
    expect(medianError(large)).toBeLessThan(0.1);
    expect(medianError(small)).toBeLessThan(0.2);
  });

  const isEfa = (name: string) => name === 'H100 on EFA';

  test.for(series.filter(name => !isEfa(name)))('%s keeps the same bars', name => {
    const largeOnes = large.filter(row => row.series === name);
    const smallOnes = small.filter(row => row.series === name);
    const percent = (chosen: MeasuredCollective[]) =>
      chosen.length === 0 ? '-' : `${(100 * medianError(chosen)).toFixed(1)} % of ${chosen.length} rows`;
    console.log(`${name}: above 1 MiB ${percent(largeOnes)}, up to 1 MiB ${percent(smallOnes)}`);
    expect(medianError(largeOnes)).toBeLessThan(0.1);
    // Eight A100 took 44 us for 32 KiB with the NCCL of this table, and 20 with 2.27 (ai-dynamo/aiconfigurator at 095f58a).
    if (smallOnes.length > 0 && name !== 'A100, one node') expect(medianError(smallOnes)).toBeLessThan(0.2);
  });

  // Means over the jobs of a shared cluster: beyond 8 nodes one size ranges from 12 to 200 GB/s
  // (measurements.csv, allreduce_GBps); an all-reduce on 8 nodes takes twice as long as on other machines of the kind.
  test('H100 on EFA is met within 30 %', () => {
    const efa = large.filter(row => isEfa(row.series));
    console.log(`H100 on EFA: ${(100 * medianError(efa)).toFixed(0)} %`);
    expect(medianError(efa)).toBeLessThan(0.3);
  });
});
