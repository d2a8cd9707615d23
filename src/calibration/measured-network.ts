import type {Cluster} from '../cluster/cluster.js';
import {prepareGroup} from '../cluster/group.js';
import {explainCollective} from '../cost/collective/explain.js';
import {type Bytes, bytesPerSecond} from '../units/quantities.js';

/** Message at which jobs measure their own all-reduce: large enough for the sustained bandwidth. */
const probeBytes = 256e6 as Bytes;

/**
 * The cluster with links between nodes that give the all-reduce bandwidth measured in a job, as its
 * owner would state it of a congested network. Links inside a node stay as they are.
 *
 * @param busBandwidth of an all-reduce over all devices of the job, bytes/s
 */
export function withMeasuredNetwork(cluster: Cluster, busBandwidth: number): Cluster {
  if (cluster.numDevices <= cluster.devicesPerNode) return cluster;
  const everyone = prepareGroup(cluster, {size: cluster.numDevices, stride: 1});
  const predicted = explainCollective('allReduce', probeBytes, everyone).busBandwidth;
  const node = cluster.topology.findIndex(({name}) => name === 'node');
  const topology = cluster.topology.map((level, index) =>
    index > node
      ? {...level, bandwidth: bytesPerSecond((level.bandwidth * busBandwidth) / predicted)}
      : level,
  );
  return {...cluster, topology};
}
