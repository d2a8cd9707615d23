import {describe, expect, test} from 'vitest';
import {serialLayout} from '../../src/layout/fields.js';
import type {Layout} from '../../src/layout/layout.js';
import {groupFor} from '../../src/layout/placement.js';
import {rankAxes} from '../../src/layout/rank-axes.js';
import {nodesOfEight} from '../cluster/hand-cluster.js';

function layoutOf(degrees: Partial<Layout>): Layout {
  return {
    ...serialLayout,
    tensor: 1,
    pipeline: 1,
    data: 1,
    context: 1,
    expert: 1,
    expertTensor: 1,
    sequenceParallel: false,
    sharding: 'none',
    shardingGroup: 'all',
    microBatch: 1,
    schedule: '1f1b',
    virtualStages: 1,
    recompute: 'none',
    offload: 'none',
    ...degrees,
  };
}

/** The ranks of the group that rank 0 belongs to. */
function ranksOf(layout: Layout, kind: Parameters<typeof rankAxes>[1], shardRanks = 1): number[] {
  return rankAxes(layout, kind, shardRanks).reduce<number[]>(
    (ranks, axis) =>
      Array.from({length: axis.size}, (_, i) => ranks.map(rank => rank + i * axis.stride)).flat(),
    [0],
  );
}

describe('ranks in the default order: tensor, context, data, pipeline', () => {
  const layout = layoutOf({tensor: 2, context: 2, data: 2, pipeline: 2});

  test('every dimension steps over the ones before it', () => {
    expect(ranksOf(layout, 'tensor')).toEqual([0, 1]);
    expect(ranksOf(layout, 'context')).toEqual([0, 2]);
    expect(ranksOf(layout, 'pipeline')).toEqual([0, 8]);
  });

  test('gradients are reduced over all context and data ranks', () => {
    expect(ranksOf(layout, 'data')).toEqual([0, 2, 4, 6]);
  });

  test('a sharding group takes neighbours, its replicas have the same place in other groups', () => {
    expect(ranksOf(layout, 'shard', 2)).toEqual([0, 2]);
    expect(ranksOf(layout, 'replica', 2)).toEqual([0, 4]);
  });
});

describe('other orders', () => {
  test('pipeline inside data moves the data ranks apart', () => {
    const layout = layoutOf({
      tensor: 2,
      data: 2,
      pipeline: 4,
      rankOrder: ['tensor', 'pipeline', 'context', 'expert', 'data'],
    });
    expect(ranksOf(layout, 'pipeline')).toEqual([0, 2, 4, 6]);
    expect(ranksOf(layout, 'data')).toEqual([0, 8]);
  });

  test('context and data that do not follow on from one another stay two axes', () => {
    const layout = layoutOf({
      context: 2,
      data: 2,
      pipeline: 2,
      rankOrder: ['tensor', 'context', 'pipeline', 'expert', 'data'],
    });
    expect(ranksOf(layout, 'data')).toEqual([0, 1, 4, 5]);
  });
});

describe('expert groups', () => {
  test('are formed anew over the ranks of a stage', () => {
    const layout = layoutOf({tensor: 2, data: 8, pipeline: 2, expert: 4});
    expect(ranksOf(layout, 'expert')).toEqual([0, 1, 2, 3]);
    expect(ranksOf(layout, 'expertData')).toEqual([0, 4, 8, 12]);
  });

  test('step over the tensor ranks of an expert', () => {
    const layout = layoutOf({tensor: 2, data: 8, expert: 4, expertTensor: 2});
    expect(ranksOf(layout, 'expertTensor')).toEqual([0, 1]);
    expect(ranksOf(layout, 'expert')).toEqual([0, 2, 4, 6]);
    expect(ranksOf(layout, 'expertData')).toEqual([0, 8]);
  });

  test('go around a pipeline that is numbered inside', () => {
    const layout = layoutOf({
      tensor: 2,
      data: 4,
      pipeline: 2,
      expert: 4,
      rankOrder: ['tensor', 'pipeline', 'context', 'expert', 'data'],
    });
    expect(ranksOf(layout, 'expert')).toEqual([0, 1, 4, 5]);
    expect(ranksOf(layout, 'expertData')).toEqual([0, 8]);
  });
});

describe('groups on nodes of 8', () => {
  const cluster = {...nodesOfEight(64), devicesPerNode: 8};

  test('node-wise sharding keeps a copy in every node', () => {
    const layout = layoutOf({tensor: 2, data: 32, sharding: 'parameters', shardingGroup: 'node'});
    expect(groupFor(cluster, layout, 'shard').membersPerUnit).toEqual([4, 4]);
    const replica = groupFor(cluster, layout, 'replica');
    expect([replica.size, replica.stride, replica.membersPerUnit]).toEqual([8, 8, [1, 8]]);
  });

  test('sharding over all ranks leaves no replica', () => {
    const layout = layoutOf({tensor: 2, data: 32, sharding: 'parameters'});
    expect(groupFor(cluster, layout, 'shard').size).toBe(32);
    expect(groupFor(cluster, layout, 'replica').size).toBe(1);
  });
});
