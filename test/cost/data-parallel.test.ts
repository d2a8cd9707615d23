import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Cluster} from '../../src/cluster/cluster.js';
import {collectiveSeconds} from '../../src/cost/collective/collective.js';
import {
  type DataParallelChoice,
  dataParallelTimes,
  dataParallelTransfers,
} from '../../src/cost/data-parallel.js';
import type {ReductionUnits} from '../../src/frameworks/stack.js';
import {shardings} from '../../src/layout/layout.js';
import {groupFor} from '../../src/layout/placement.js';
import {groupsFor} from '../../src/pipeline/layout-groups.js';
import {bytes, seconds} from '../../src/units/quantities.js';
import {handCluster} from '../pipeline/hand-machine.js';
import {layout as plain} from './plain-subject.js';

const layout = {...plain, data: 64};
const machine = handCluster(64);
const groups = groupsFor((of, kind) => groupFor(machine, of, kind), layout);

const overlapped: DataParallelChoice = {sharding: 'none', overlapGradients: true, overlapParameters: true};

/** A device with a sixteenth of its parameters in its first chunk of four. */
const held = {
  dense: 1.6e9,
  expert: 0,
  largestDense: 1e8,
  largestExpert: 0,
  largestChunk: 0,
  firstDense: 4e8,
  firstExpert: 0,
  layers: 16,
  ends: 1,
  chunks: 4,
};

function transfers(
  reduction: Partial<ReductionUnits>,
  choice: Partial<DataParallelChoice> = {},
  parameters = held,
  cluster: Cluster = machine,
) {
  const {software} = cluster;
  return dataParallelTransfers(
    {...cluster, software: {...software, reduction: {...software.reduction, ...reduction}}},
    {...overlapped, ...choice},
    groups,
    parameters,
    2,
  );
}

/** Seconds of `count` all-reduces of `size` bytes each. */
const reduced = (count: number, size: number) =>
  count * collectiveSeconds('allReduce', bytes(size), groups.data);
const scattered = (count: number, size: number) =>
  count * collectiveSeconds('reduceScatter', bytes(size), groups.shard);
const gathered = (count: number, size: number) =>
  count * collectiveSeconds('allGather', bytes(size), groups.shard);

describe('collectives counted by hand: 1.6e9 parameters in 32 bits over 64 ranks', () => {
  const megatron = {replicas: 'first-chunk', bucket: 40e6, bucketPerRank: 1e6} as const;

  test('Megatron-Core cuts the first chunk alone, into buckets of 64e6 over 64 ranks', () => {
    const {reduce, reduceTail} = transfers(megatron);
    const bucket = (4 * 4e8) / 7;
    expect(reduce).toBeCloseTo(reduced(7, bucket) + reduced(3, 4 * 4e8), 12);
    expect(reduceTail).toBeCloseTo(reduced(1, bucket), 12);
  });

  test('Megatron-Core on a later stage, or without overlap, reduces a buffer for each chunk', () => {
    const later = transfers(megatron, {}, {...held, firstDense: 0});
    expect(later.reduce).toBeCloseTo(reduced(4, 4 * 4e8), 12);
    expect(later.reduceTail).toBeCloseTo(reduced(1, 4 * 4e8), 12);
    expect(transfers(megatron, {overlapGradients: false})).toEqual(later);
  });

  test('Megatron-Bridge takes 128 Mi parameters whatever the ranks', () => {
    const {reduce} = transfers({...megatron, bucket: 2 ** 27, bucketPerRank: 0});
    expect(reduce).toBeCloseTo(reduced(3, (4 * 4e8) / 3) + reduced(3, 4 * 4e8), 12);
  });

  test('FSDP scatters and gathers a unit at a time: each layer, and an end', () => {
    const {reduce, gather, gatherHead} = transfers({states: 'layers'}, {sharding: 'parameters'});
    expect(reduce).toBeCloseTo(scattered(17, (4 * 1.6e9) / 17), 12);
    expect(gather).toBeCloseTo(gathered(17, (2 * 1.6e9) / 17), 12);
    expect(gatherHead).toBeCloseTo(gather / 17, 12);
  });

  const deepspeed = {
    replicas: 'buckets',
    optimizer: 'buckets',
    newWeights: 'buckets',
    states: 'buckets',
    bucket: 5e8,
    bucketPerRank: 0,
    gatherBucket: 5e7,
    sharded: 'all-reduce',
  } as const;

  test('DeepSpeed all-reduces buckets of 5e8 in stages 1 and 2, and gathers in as many', () => {
    for (const sharding of ['optimizer', 'gradients'] as const) {
      const {reduce, gather} = transfers(deepspeed, {sharding});
      expect(reduce).toBeCloseTo(reduced(4, (4 * 1.6e9) / 4), 12);
      expect(gather).toBeCloseTo(gathered(4, (2 * 1.6e9) / 4), 12);
    }
  });

  test('DeepSpeed scatters in stage 3, and gathers 5e7 parameters at a time', () => {
    const {reduce, gather} = transfers(deepspeed, {sharding: 'parameters'});
    expect(reduce).toBeCloseTo(scattered(4, (4 * 1.6e9) / 4), 12);
    expect(gather).toBeCloseTo(gathered(32, (2 * 1.6e9) / 32), 12);
  });

  test('nanotron reduces 25 MiB of 16-bit gradients at a time, Megatron-LM of 2021 a buffer', () => {
    const nanotron = transfers({replicas: 'buckets', bucket: 13107200, bucketPerRank: 0});
    expect(nanotron.reduce).toBeCloseTo(reduced(123, (4 * 1.6e9) / 123), 12);
    const old = transfers({replicas: 'buffers'}, {}, {...held, chunks: 1});
    expect(old.reduce).toBeCloseTo(reduced(1, 4 * 1.6e9), 12);
    expect(old.reduceTail).toBe(old.reduce);
  });
});

const cutAlways = {
  replicas: 'buckets',
  optimizer: 'buckets',
  newWeights: 'buckets',
  states: 'buckets',
} as const;

test('gradients in smaller buckets are never reduced sooner', () => {
  const buckets = fc.integer({min: 1, max: 1000});
  fc.assert(
    fc.property(
      fc.constantFrom(...shardings),
      buckets,
      fc.integer({min: 2, max: 20}),
      (sharding, mega, by) => {
        const of = (bucket: number) => transfers({...cutAlways, bucket, bucketPerRank: 0}, {sharding}).reduce;
        expect(of((mega * 1e6) / by)).toBeGreaterThanOrEqual(of(mega * 1e6) * (1 - 1e-12));
      },
    ),
  );
});

test('what buckets cost is latency: without any they cost nothing', () => {
  const still: Cluster = {
    ...machine,
    topology: machine.topology.map(level => ({
      ...level,
      latency: seconds(0),
      efficiency: [{bytes: bytes(1), fraction: 1}],
    })),
  };
  const stillGroups = groupsFor((of, kind) => groupFor(still, of, kind), layout);
  const reduction = (cluster: Cluster, bucket: number) => {
    const {software} = cluster;
    const units = {...software.reduction, ...cutAlways, bucket, bucketPerRank: 0} as const;
    return dataParallelTransfers(
      {...cluster, software: {...software, reduction: units}},
      overlapped,
      cluster === still ? stillGroups : groups,
      held,
      2,
    ).reduce;
  };
  expect(reduction(still, 1e6) / reduction(still, 1e12)).toBeCloseTo(1, 6);
  expect(reduction(machine, 1e6) / reduction(machine, 1e12)).toBeGreaterThan(1.1);
});

describe('what compute hides', () => {
  const work = {
    forwardSeconds: 0.5,
    backwardSeconds: 1,
    onceForwardSeconds: 0.5,
    onceBackwardSeconds: 1,
    numMicrobatches: 16,
    microbatchesInTurn: 1,
    chunks: 1,
    isPipelined: false,
    fillSeconds: 0,
    drainSeconds: 0,
  };
  const sent = {reduce: 2, reduceTail: 0.5, gather: 1, gatherHead: 0.25};

  test('gradients that a chunk adds up over its turn are scattered once a turn, behind all of its passes', () => {
    const times = (microbatchesInTurn: number) =>
      dataParallelTimes(machine, {...overlapped, sharding: 'gradients'}, sent, {...work, microbatchesInTurn})
        .gradientReduction;
    expect(times(16)).toBeLessThan(times(4));
    expect(times(4)).toBeLessThan(times(1));
  });

  test('without overlap nothing is hidden', () => {
    const choice = {sharding: 'optimizer', overlapGradients: false, overlapParameters: false} as const;
    expect(dataParallelTimes(machine, choice, sent, work)).toEqual({
      gradientReduction: 2,
      parameterGather: 1,
    });
  });

  test('the last gradients and the first weights have no compute beside them', () => {
    const free = {...machine.software.overlap, gradientReduction: 1, parameterGather: 1, computeSlowdown: 0};
    const cluster = {...machine, software: {...machine.software, overlap: free}};
    const choice = {...overlapped, sharding: 'optimizer'} as const;
    const room = {...work, onceForwardSeconds: 100, onceBackwardSeconds: 100};
    expect(dataParallelTimes(cluster, choice, sent, room)).toEqual({
      gradientReduction: 0.5,
      parameterGather: 0.25,
    });
  });

  test('a stage that ends sooner than the first reduces while it waits', () => {
    const times = dataParallelTimes(machine, {...overlapped, overlapGradients: false}, sent, {
      ...work,
      drainSeconds: 1.5,
    });
    expect(times.gradientReduction).toBe(0.5);
  });
});
