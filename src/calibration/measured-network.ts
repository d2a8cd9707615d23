import type {Cluster} from '../cluster/cluster.js';
import {prepareGroup} from '../cluster/group.js';
import {explainCollective} from '../cost/collective/explain.js';
import {type Bytes, bytesPerSecond} from '../units/quantities.js';

/** Message at which jobs measure their own all-reduce: large enough for the sustained bandwidth. */
const probeBytes = 256e6 as Bytes;

/** Bus bandwidths of an all-reduce that a job measured, bytes/s; null: not measured. */
export interface MeasuredNetwork {
  /** Over all devices of the job. */
  readonly everywhere: number | null;
  /** Over the devices of one node. */
  readonly inNode: number | null;
}

/**
 * The cluster with links that give the all-reduce bandwidths measured in a job, as its owner would
 * state it of a congested network or a faulty node. Levels of which nothing is known stay as they are.
 */
export function withMeasuredNetwork(cluster: Cluster, {everywhere, inNode}: MeasuredNetwork): Cluster {
  const alone = cluster.numDevices <= cluster.devicesPerNode;
  const measuredInNode = inNode ?? (alone ? everywhere : null);
  const node = withMeasuredLevels(
    cluster,
    measuredInNode,
    cluster.devicesPerNode,
    index => index <= nodeLevel(cluster),
  );
  if (alone) return node;
  return withMeasuredLevels(node, everywhere, cluster.numDevices, index => index > nodeLevel(cluster));
}

function nodeLevel({topology}: Cluster): number {
  return topology.findIndex(({name}) => name === 'node');
}

/** Scales the links of some levels so that an all-reduce over the first `size` devices comes out as measured. */
function withMeasuredLevels(
  cluster: Cluster,
  busBandwidth: number | null,
  size: number,
  chosen: (index: number) => boolean,
): Cluster {
  const members = Math.min(size, cluster.numDevices);
  if (busBandwidth === null || members === 1) return cluster;
  const scaled = (scale: number): Cluster => ({
    ...cluster,
    topology: cluster.topology.map((level, index) =>
      chosen(index) ? {...level, bandwidth: bytesPerSecond(level.bandwidth * scale)} : level,
    ),
  });
  const reached = (scale: number) =>
    explainCollective('allReduce', probeBytes, prepareGroup(scaled(scale), {size: members, stride: 1}))
      .busBandwidth;
  // Latency takes its share of the probe's time, so that bandwidths are not proportional.
  let low = Math.log(scales.low);
  let high = Math.log(scales.high);
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = (low + high) / 2;
    if (reached(Math.exp(middle)) < busBandwidth) low = middle;
    else high = middle;
  }
  return scaled(Math.exp((low + high) / 2));
}

/** Links far from what their profile says are another machine's, or broken. */
const scales = {low: 0.01, high: 3};
const halvings = 12;
