import type {Cluster} from '../cluster/cluster.js';
import {type Group, type GroupOptions, prepareGroup} from '../cluster/group.js';
import {unitOccupancy} from '../cluster/unit-occupancy.js';
import type {Layout} from './layout.js';
import {type GroupKind, type RankLayout, rankAxes} from './rank-axes.js';

/** What placement reads of a cluster. */
type PlacedCluster = Pick<Cluster, 'topology' | 'numDevices' | 'devicesPerNode'>;

/** What placement reads of a layout. */
type PlacedLayout = RankLayout & Pick<Layout, 'shardingGroup'>;

/** The group of one kind under this layout, with its place on the cluster worked out. */
export function groupFor(
  cluster: PlacedCluster,
  layout: PlacedLayout,
  kind: GroupKind,
  options: GroupOptions = {},
): Group {
  return prepareGroup(cluster, rankAxes(layout, kind, shardRanks(cluster, layout)), options);
}

/** Places groups on one cluster. Groups with equal placement are computed once. */
export function groupPlacer(cluster: PlacedCluster): (layout: PlacedLayout, kind: GroupKind) => Group {
  const known = new Map<string, Group>();
  return (layout, kind) => {
    const axes = rankAxes(layout, kind, shardRanks(cluster, layout));
    let key = '';
    for (const {size, stride} of axes) key += `${size}:${stride} `;
    let group = known.get(key);
    if (group === undefined) {
      group = prepareGroup(cluster, axes);
      known.set(key, group);
    }
    return group;
  };
}

/**
 * Ranks that one copy of the sharded state is spread over, out of the data x context ranks.
 * `node`: those of one node, as far as they divide the group.
 */
export function shardRanks(cluster: PlacedCluster, layout: PlacedLayout): number {
  const ranks = layout.data * layout.context;
  if (layout.shardingGroup === 'all') return ranks;
  if (layout.shardingGroup !== 'node') return Math.min(ranks, layout.shardingGroup);
  const inNode = unitOccupancy(
    rankAxes(layout, 'data', ranks),
    cluster.devicesPerNode,
    cluster.numDevices,
  ).fewest;
  let divisor = Math.min(inNode, ranks);
  while (ranks % divisor !== 0) divisor -= 1;
  return divisor;
}
