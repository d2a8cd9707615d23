import {spreadEvenly} from '../../cluster/even-spread.js';
import {type Group, prepareGroup} from '../../cluster/group.js';
import {devicesPerNode, type TopologyLevel} from '../../cluster/topology.js';
import type {CollectiveKind} from '../../cost/collective/algorithm.js';
import {collectiveSeconds} from '../../cost/collective/collective.js';
import type {Bytes, Seconds} from '../../units/quantities.js';

/** One collective as a benchmark times it, such as nccl-tests. */
export interface TimedCollective {
  readonly kind: CollectiveKind;
  /** See `CollectiveKind`; nccl-tests counts the same way. */
  readonly bytes: Bytes;
  readonly nodes: number;
  /** Devices of each node that take part. */
  readonly devicesPerNode: number;
}

/** Names that tables of measurements give the kinds of collectives. */
export const collectiveOps: Readonly<Record<string, CollectiveKind>> = {
  all_reduce: 'allReduce',
  all_gather: 'allGather',
  reduce_scatter: 'reduceScatter',
  all_to_all: 'allToAll',
  send_recv: 'sendRecv',
  broadcast: 'broadcast',
};

/** Seconds that the model gives the collective on a machine; null where a node of it has fewer devices. */
export function priceCollective(
  topology: readonly TopologyLevel[],
  {kind, bytes, ...place}: TimedCollective,
): Seconds | null {
  const group = groupOnNodes(topology, place);
  return group === null ? null : collectiveSeconds(kind, bytes, group);
}

/** Group of the same devices of every node; null where a node has fewer. */
function groupOnNodes(
  topology: readonly TopologyLevel[],
  {nodes, devicesPerNode: members}: Pick<TimedCollective, 'nodes' | 'devicesPerNode'>,
): Group | null {
  const perNode = devicesPerNode(topology);
  if (members > perNode) return null;
  const numDevices = nodes * perNode;
  const axes =
    members === perNode
      ? [{size: numDevices, stride: 1}]
      : [
          {size: members, stride: 1},
          {size: nodes, stride: perNode},
        ];
  return prepareGroup({topology: spreadEvenly(topology, numDevices), numDevices}, axes, {
    activeFraction: members / perNode,
  });
}
