import type {Bytes, BytesPerSecond, Seconds} from '../units/quantities.js';

/**
 * One level of the topology tree, from the device upwards: package, node, rack, fabric, site.
 *
 * A level joins `fanOut` units of the level below. The outermost level has fan-out Infinity:
 * as many units as the cluster has.
 */
export interface TopologyLevel {
  readonly name: string;
  readonly fanOut: number;
  /** Bandwidth of one device at this level, one direction, while every device uses it. */
  readonly bandwidth: BytesPerSecond;
  /** Time from one device to another for the smallest message, software included. */
  readonly latency: Seconds;
  /** What each hop of a ring adds to a pass, where handing on its chunks takes longer than a message; absent: the latency. */
  readonly ringLatency?: Seconds;
  /** Devices that share one NIC at this level; 1 where each has its own, or for links inside a node. */
  readonly devicesPerNic: number;
  /** Sustained fraction of the bandwidth against the bytes that one device sends in a collective; rising in bytes. */
  readonly efficiency: readonly EfficiencyPoint[];
  /** The switch adds up (NVLS, SHARP): an all-reduce moves each byte once. */
  readonly inNetworkReduction: boolean;
  readonly shape: 'switch' | 'mesh' | 'torus';
  /** Rings that cross in a device of a torus: two or three; 1 for the other shapes. */
  readonly dimensions: number;
}

/** Sustained share of the bandwidth at one message size. */
export interface EfficiencyPoint {
  readonly bytes: Bytes;
  readonly fraction: number;
}

/** Devices of one host: the product of fan-outs up to the level named "node". */
export function devicesPerNode(topology: readonly TopologyLevel[]): number {
  const node = topology.findIndex(({name}) => name === 'node');
  return topology.slice(0, node + 1).reduce((devices, {fanOut}) => devices * fanOut, 1);
}

/**
 * Levels of the links of a node: up to the one named "node", and those beyond it that are as fast, as in a rack
 * that is one NVLink domain; never the outermost level.
 */
export function nodeLinks(topology: readonly TopologyLevel[]): readonly TopologyLevel[] {
  const node = topology.findIndex(({name}) => name === 'node');
  const slower = topology.findIndex(
    ({bandwidth}, i) => i > node && bandwidth < (topology[node]?.bandwidth ?? 0),
  );
  return topology.slice(0, slower === -1 ? topology.length - 1 : slower);
}
