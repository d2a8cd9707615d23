import type {Cluster} from '../../cluster/cluster.js';
import {prepareGroup} from '../../cluster/group.js';
import type {TopologyLevel} from '../../cluster/topology.js';
import {explainCollective} from '../../cost/collective/explain.js';
import type {Fusions, LinkScale, SoftwareStack} from '../../frameworks/stack.js';
import {type Bytes, bytesPerSecond} from '../../units/quantities.js';
import type {MeasuredKernels, Measurement} from './measurement.js';

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
 * A benchmark measured them: collectives of a training step reach their stack's share of that.
 */
export function withMeasuredNetwork(cluster: Cluster, {everywhere, inNode}: MeasuredNetwork): Cluster {
  const {node, fabric} = cluster.software.linkScale;
  const bare = withShares(cluster, {node: 1 / node, fabric: 1 / fabric});
  return withShares(withMeasuredLinks(bare, {everywhere, inNode}), {node, fabric});
}

function withMeasuredLinks(cluster: Cluster, {everywhere, inNode}: MeasuredNetwork): Cluster {
  const alone = cluster.numDevices <= cluster.devicesPerNode;
  const inside = withMeasuredLevels(
    cluster,
    inNode ?? (alone ? everywhere : null),
    cluster.devicesPerNode,
    index => index <= nodeLevel(cluster),
  );
  if (alone || everywhere === null) return inside;
  return withMeasuredLevels(
    {...inside, ringsOnly: runsRingsOnly(inside, everywhere)},
    everywhere,
    cluster.numDevices,
    index => index > nodeLevel(cluster),
  );
}

function nodeLevel({topology}: Cluster): number {
  return topology.findIndex(({name}) => name === 'node');
}

function withShares(cluster: Cluster, {node, fabric}: LinkScale): Cluster {
  return {
    ...cluster,
    topology: cluster.topology.map((level, index) =>
      withBandwidth(level, index <= nodeLevel(cluster) ? node : fabric),
    ),
  };
}

/**
 * Share of the best bandwidth below which two nodes run rings. With two nodes every algorithm sends the same
 * halves, so that the bandwidths are close to each other.
 */
const bestOfTwoNodes = 0.83;

/**
 * Whether a measured all-reduce is that of a library that has only rings between nodes: nearer to the bandwidth
 * of rings than to that of the best algorithm. The gap grows with the nodes. Jobs of 64 nodes in
 * measurements.csv measured 13 GB/s or 175 GB/s and nothing in between, jobs of 8 nodes 95 or 187, of
 * 4 nodes 160 or 207, of 2 nodes 328 or 428.
 */
function runsRingsOnly(cluster: Cluster, busBandwidth: number): boolean {
  const best = allReduceBandwidth(cluster, cluster.numDevices);
  if (cluster.numDevices <= 2 * cluster.devicesPerNode) return busBandwidth < bestOfTwoNodes * best;
  const rings = allReduceBandwidth({...cluster, ringsOnly: true}, cluster.numDevices);
  return busBandwidth < rings ** nearness * best ** (1 - nearness);
}

/** Point between rings and the best on a logarithmic scale, below the middle: rings of 4 nodes are close to it. */
const nearness = 0.45;

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
    topology: cluster.topology.map((level, index) => (chosen(index) ? withBandwidth(level, scale) : level)),
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

function withBandwidth(level: TopologyLevel, scale: number): TopologyLevel {
  return {...level, bandwidth: bytesPerSecond(level.bandwidth * scale)};
}

/** Bandwidth of links over that of their profile: a link below is broken, and none carries much more. */
const scales = {low: 0.01, high: 1.25};
const halvings = 12;

/** The machine as the run found it: its own kernels, and the network as it measured it. */
export function clusterOfRun(run: Measurement, machine: Cluster): Cluster {
  const cluster = {...machine, software: withMeasuredKernels(machine.software, run.kernels)};
  return withMeasuredNetwork(cluster, {
    everywhere: run.allReduceBandwidth,
    inNode: run.nodeAllReduceBandwidth,
  });
}

/**
 * A compiler fuses every chain of element-wise operators in the layers; the optimizer is not part of what is
 * compiled, and the loss not everywhere (where each block is compiled by itself, it is not).
 */
const compiledFusions: Partial<Fusions> = {
  norm: true,
  activation: true,
  residual: true,
  rotary: true,
};

/** The stack with the kernels that a measured row states. */
function withMeasuredKernels(
  software: SoftwareStack,
  {fusedNorm, compiled, compiledLoss}: MeasuredKernels,
): SoftwareStack {
  if (fusedNorm === null && compiled !== true) return software;
  return {
    ...software,
    fused: {
      ...software.fused,
      ...(fusedNorm === null ? {} : {norm: fusedNorm}),
      ...(compiled === true ? compiledFusions : {}),
      ...(compiledLoss === true ? {crossEntropy: true} : {}),
    },
  };
}
