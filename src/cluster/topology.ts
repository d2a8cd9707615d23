import type {Bytes, BytesPerSecond, Seconds} from '../units/quantities.js';

/**
 * One level of the topology tree, from the device upwards: package, node, rack, fabric, site.
 *
 * A level joins `fanOut` units of the level below. The outermost level has fan-out Infinity:
 * as many units as the cluster has.
 */
export interface TopologyLevel extends CollectiveFacts {
  readonly name: string;
  readonly fanOut: number;
  /** Bandwidth of one device at this level, one direction, while every device uses it. */
  readonly bandwidth: BytesPerSecond;
  /** Time from one device to another for the smallest message, software included. */
  readonly latency: Seconds;
  /** Devices that share one NIC at this level; 1 where each has its own, or for links inside a node. */
  readonly devicesPerNic: number;
  /** Sustained fraction of the bandwidth against the bytes that one device sends in a collective; rising in bytes. */
  readonly efficiency: readonly EfficiencyPoint[];
  /** The switch adds up (NVLS, SHARP): an all-reduce moves each byte once. */
  readonly inNetworkReduction: boolean;
  readonly shape: 'switch' | 'mesh' | 'torus';
  /** State of the network stack that these facts hold in, such as `rendezvous`; null: there is one only. */
  readonly state: string | null;
  /** The level in the other states. */
  readonly otherStates: readonly TopologyLevel[];
  /** Rings that cross in a device of a torus: two or three; 1 for the other shapes. */
  readonly dimensions: number;
}

/** How collectives use the links of a level, besides their bandwidth and latency. */
export interface CollectiveFacts {
  /** Kernel of a collective until its first byte moves; a group pays the largest of all levels. */
  readonly start: Seconds;
  /** What each hop of a ring adds to a pass, where handing on its chunks takes longer than a message; null: the latency. */
  readonly ringLatency: Seconds | null;
  /** The same of chunks so small that every word carries a flag (NCCL's LL); null: where no library sends them. */
  readonly flaggedRingLatency: Seconds | null;
  /** Messages of an all-reduce above `from` wait for their receiver; null: none does. */
  readonly rendezvous: {readonly from: Bytes; readonly latency: Seconds} | null;
  /** Chunks that overflow the receiver: bytes a rank, and what a step of a ring costs among them; null: none do. */
  readonly eagerWindow: EagerWindow | null;
  /** What each peer adds to an all-to-all. */
  readonly peerLatency: Seconds;
  /** Exponent by which latency and transfer combine, see `rampedSeconds`; 1 where the efficiency rises in bytes itself. */
  readonly ramp: number;
  /** The same for rings and single messages, and for an all-to-all. */
  readonly ringRamp: number;
  readonly exchangeRamp: number;
  /** Bytes a rank from which the library takes rings for an all-reduce between units of this level. */
  readonly ringFrom: Bytes;
  /** Part of the sustained bandwidth that an all-to-all keeps. */
  readonly exchangeShare: number;
  /** Bandwidth of a message from one device to one other over the sustained one of collectives. */
  readonly pairShare: number;
}

/** Messages of a size that go out before the receiver has posted its buffer, so that software copies them. */
export interface EagerWindow {
  readonly from: Bytes;
  readonly to: Bytes;
  readonly step: Seconds;
}

/** Links whose latency and transfer add up for every collective. */
export const plainCollectives: CollectiveFacts = {
  start: 0 as Seconds,
  ringLatency: null,
  flaggedRingLatency: null,
  rendezvous: null,
  eagerWindow: null,
  peerLatency: 0 as Seconds,
  ramp: 1,
  ringRamp: 1,
  exchangeRamp: 1,
  ringFrom: 0 as Bytes,
  exchangeShare: 1,
  pairShare: 1,
};

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

/**
 * Ranks that take part together, as nested arithmetic progressions, fastest first:
 * the members of a group are first + sum of index[a] * stride[a], index[a] < size[a].
 * An axis starts where the one before it ends: its stride is a multiple of the other's size * stride.
 */
export interface RankAxis {
  readonly size: number;
  readonly stride: number;
}
