import type {Cluster} from '../../cluster/cluster.js';
import type {Bytes} from '../../units/quantities.js';
import type {OperatorPrice} from '../kernel-rows/price-kernel.js';
import type {CollectiveRow} from './collective-row.js';
import {collectiveOps, priceCollective} from './price-collective.js';

/** Prices a row on a machine; a row that counts no nodes ran on as few as hold its ranks. */
export function priceCollectiveRow(row: CollectiveRow, machine: Cluster): OperatorPrice {
  const kind = collectiveOps[row.op];
  if (kind === undefined) return {reason: `${row.op} is not modelled`};
  const {ranks, bytes} = row;
  if (ranks === null || bytes === null) return {reason: `states no ${ranks === null ? 'ranks' : 'bytes'}`};
  if (ranks < 2) return {reason: 'one rank sends nothing'};
  const {devicesPerNode: own} = machine;
  const nodes = row.nodes ?? Math.ceil(ranks / own);
  const devicesPerNode = row.devicesPerNode ?? ranks / nodes;
  const seconds = priceCollective(machine.topology, {kind, bytes: bytes as Bytes, nodes, devicesPerNode});
  return seconds === null
    ? {reason: `${machine.hardware} has ${own} devices a node, not ${devicesPerNode}`}
    : {seconds};
}
