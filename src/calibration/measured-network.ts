import type {Cluster} from '../cluster/cluster.js';
import {prepareGroup} from '../cluster/group.js';
import type {TopologyLevel} from '../cluster/topology.js';
import {explainCollective} from '../cost/collective/explain.js';
import {type Bytes, bytesPerSecond, seconds} from '../units/quantities.js';

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
  const {node, fabric} = cluster.software.linkScale;
  // A benchmark measured it: collectives of a training step reach their share of that.
  const reached = (bandwidth: number | null, share: number) => (bandwidth === null ? null : bandwidth * share);
  const measuredInNode = reached(inNode ?? (alone ? everywhere : null), node);
  const inside = withMeasuredLevels(
    cluster,
    measuredInNode,
    cluster.devicesPerNode,
    index => index <= nodeLevel(cluster),
  );
  const measured = reached(everywhere, fabric);
  if (alone || measured === null) return inside;
  return withMeasuredLevels(
    {...inside, ringsOnly: runsRingsOnly(inside, measured)},
    measured,
    cluster.numDevices,
    index => index > nodeLevel(cluster),
  );
}

function nodeLevel({topology}: Cluster): number {
  return topology.findIndex(({name}) => name === 'node');
}

/** Shares of the best algorithm's bandwidth that an all-reduce reaches where the library may choose it. */
const chosenShare = {
  /** Two nodes swap halves: there is little to lose, and little to tell. */
  twoNodes: 0.92,
  moreNodes: 0.74,
};

/**
 * Whether a measured all-reduce is one of a library that knows nothing but rings between nodes. The more
 * nodes, the farther rings fall behind: jobs of 64 nodes in the nanotron rows of measurements.csv measured
 * 13 GB/s or 175 GB/s and nothing in between, of 4 nodes 160 or 205, of 2 nodes 328 or 428.
 */
function runsRingsOnly(cluster: Cluster, busBandwidth: number): boolean {
  const nodes = cluster.numDevices / cluster.devicesPerNode;
  const share = nodes <= 2 ? chosenShare.twoNodes : chosenShare.moreNodes;
  return busBandwidth < share * allReduceBandwidth(cluster, cluster.numDevices);
}

function allReduceBandwidth(cluster: Cluster, members: number): number {
  return explainCollective('allReduce', probeBytes, prepareGroup(cluster, {size: members, stride: 1}))
    .busBandwidth;
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
    topology: cluster.topology.map((level, index) => (chosen(index) ? scaledLevel(level, scale) : level)),
  });
  // Other levels take their share of the probe's time, so that bandwidths are not proportional.
  let low = Math.log(scales.low);
  let high = Math.log(scales.high);
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = (low + high) / 2;
    if (allReduceBandwidth(scaled(Math.exp(middle)), members) < busBandwidth) low = middle;
    else high = middle;
  }
  return scaled(Math.exp((low + high) / 2));
}

/** A link that carries more or less than its profile says also takes less or more time for each hop. */
function scaledLevel(level: TopologyLevel, scale: number): TopologyLevel {
  return {
    ...level,
    bandwidth: bytesPerSecond(level.bandwidth * scale),
    latency: seconds(level.latency / scale),
    ...(level.ringLatency === undefined ? {} : {ringLatency: seconds(level.ringLatency / scale)}),
  };
}

/** Links far from what their profile says are another machine's, or broken. */
const scales = {low: 0.01, high: 3};
const halvings = 12;
