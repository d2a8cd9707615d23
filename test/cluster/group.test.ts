import {describe, expect, test} from 'vitest';
import {prepareGroup} from '../../src/cluster/group.js';
import {level, nodesOfEight} from './hand-cluster.js';

const spread = (size: number, stride: number, numDevices = 1024) => {
  const group = prepareGroup(nodesOfEight(numDevices), {size, stride});
  return {
    membersPerUnit: group.membersPerUnit,
    crossings: group.crossings.map(c => [c.level.name, c.branching, c.hops, c.rails]),
  };
};

describe('where the members of a group lie', () => {
  test('a group inside a node uses only the links of the node', () => {
    expect(spread(4, 1)).toEqual({membersPerUnit: [4, 4], crossings: [['node', 4, 3, 1]]});
  });

  test('a group of one uses no link', () => {
    expect(spread(1, 1)).toEqual({membersPerUnit: [1, 1], crossings: []});
  });

  test('a stride of a whole node uses only the fabric', () => {
    expect(spread(16, 8)).toEqual({membersPerUnit: [1, 16], crossings: [['fabric', 16, 15, 1]]});
  });

  test('data ranks over tensor 4 have two members a node, which drive two NICs', () => {
    expect(spread(64, 4)).toEqual({
      membersPerUnit: [2, 64],
      crossings: [
        ['node', 2, 32, 1],
        ['fabric', 32, 31, 2],
      ],
    });
  });

  test('tensor 6 on nodes of 8 is judged by the group that is cut into 2 and 4', () => {
    expect(spread(6, 1)).toEqual({
      membersPerUnit: [4, 6],
      crossings: [
        ['node', 4, 4, 1],
        ['fabric', 2, 1, 2],
      ],
    });
  });

  test('nested axes count as the product of their members', () => {
    const group = prepareGroup(nodesOfEight(1024), [
      {size: 2, stride: 2},
      {size: 4, stride: 16},
    ]);
    expect(group.size).toBe(8);
    expect(group.membersPerUnit).toEqual([2, 8]);
    expect(group.crossings.map(c => [c.level.name, c.branching, c.rails])).toEqual([
      ['node', 2, 1],
      ['fabric', 4, 2],
    ]);
  });

  test('a level of fan-out 1 changes nothing', () => {
    const plain = nodesOfEight(64);
    const [node, fabric] = plain.topology;
    if (node === undefined || fabric === undefined) throw new Error('two levels were built');
    const padded = {topology: [level('socket', 1), node, level('rack', 1), fabric], numDevices: 64};
    for (const size of [2, 6, 8, 16, 64]) {
      const axis = {size, stride: 64 / size > 8 ? 1 : Math.floor(64 / size)};
      expect(prepareGroup(padded, axis).crossings).toEqual(prepareGroup(plain, axis).crossings);
    }
  });
});
