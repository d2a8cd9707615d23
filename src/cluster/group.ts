import type {Cluster} from './cluster.js';
import {meshFraction, type TorusExtent, torusExtent} from './fabric-shape.js';
import type {RankAxis} from './topology.js';
import {nodeLinks, plainCollectives, type TopologyLevel} from './topology.js';
import {type TransferCurve, transferCurve} from './transfer-curve.js';
import {type Occupancy, unitOccupancy} from './unit-occupancy.js';

/**
 * A group of ranks that communicate, with all that a collective's cost needs worked out:
 * prepare it once, then ask for as many messages as the search has.
 */
export interface Group {
  readonly size: number;
  /** Distance of neighbours in ranks, and the number of sibling groups that run side by side. */
  readonly stride: number;
  /** Members in one unit of each level of the topology; the fullest unit of any group. */
  readonly membersPerUnit: readonly number[];
  /** Levels whose links the group uses, from the innermost outwards; empty for a group of one. */
  readonly crossings: readonly Crossing[];
  /** Across several levels nothing but rings run: see `Cluster`. */
  readonly ringsOnly: boolean;
  /** Kernel of a collective until its first byte moves, seconds. */
  readonly start: number;
  /** Latency of one pass of a ring through all members, seconds; of chunks so small that a flag goes with every word. */
  readonly ringLatency: number;
  readonly flaggedRingLatency: number;
  /** Exponents of the outermost level, see `CollectiveFacts`: what a message waits for sets them. */
  readonly ramp: number;
  readonly ringRamp: number;
  readonly exchangeRamp: number;
  /** Some level's switch adds up. */
  readonly inNetworkReduction: boolean;
  /** Chunks that overflow their receiver, bytes, and a pass of a ring of them, seconds; null: none do. */
  readonly eagerWindow: {readonly from: number; readonly to: number; readonly pass: number} | null;
  /** Bytes of an all-reduce from which the library takes rings. */
  readonly ringFrom: number;
}

/** One level of the topology as one group uses it. */
export interface Crossing {
  readonly level: TopologyLevel;
  /** Units of the level below that this level joins into one. */
  readonly branching: number;
  /** Hops of a ring through all members that cross this level. */
  readonly hops: number;
  /** Hops from the farthest member of a tree to its root over this level: a chain over links as fast as those of a node. */
  readonly treeHops: number;
  /** Members in one unit of the level below: they drive their shares of the links side by side. */
  readonly rails: number;
  /** Members in one unit of this level, and of the level below. */
  readonly members: number;
  readonly membersBelow: number;
  readonly curve: TransferCurve;
  /** Share of the device's bandwidth that the group can use: less on a mesh, more on idle NICs. */
  readonly share: number;
  /** The same for a message from one device to one other. */
  readonly pairShare: number;
  /** Torus only, otherwise 1 and 0: dimensions that the group extends over, and ring steps through them. */
  readonly dimensions: number;
  readonly torusSteps: number;
}

export interface GroupOptions {
  /**
   * Share of the devices that communicate at this level at the same time, 0 to 1; 1 when absent.
   * Below 1 a device may use the idle part of a NIC that it shares.
   */
  readonly activeFraction?: number;
}

/** Placement of the members of a group on the topology; `axes` is one progression of ranks or nested ones. */
export function prepareGroup(
  cluster: Pick<Cluster, 'topology' | 'numDevices'> & Partial<Pick<Cluster, 'ringsOnly'>>,
  axes: RankAxis | readonly RankAxis[],
  options: GroupOptions = {},
): Group {
  const axisList: readonly RankAxis[] = 'stride' in axes ? [axes] : axes;
  const size = axisList.reduce((product, axis) => product * axis.size, 1);
  const stride = axisList[0]?.stride ?? 1;
  const crossings: Omit<Crossing, 'treeHops'>[] = [];
  const membersPerUnit: number[] = [];
  let place: Place = {below: everyMember(size), here: everyMember(size), stride, fanOut: 1};
  const chained = nodeLinks(cluster.topology);
  let domains = size;
  let unitSize = 1;
  for (const level of cluster.topology) {
    const unitsBelow = cluster.numDevices / unitSize;
    unitSize *= level.fanOut;
    const here = unitOccupancy(axisList, unitSize, cluster.numDevices);
    membersPerUnit.push(here.most);
    if (here.units === place.here.units) continue;
    const fanOut = Math.min(level.fanOut, Math.max(2, unitsBelow));
    if (level.shape === 'torus' && crossings.at(-1)?.level.shape === 'torus') {
      crossings.pop();
      place = {...place, here, fanOut: place.fanOut * fanOut};
    } else {
      place = {below: place.here, here, stride, fanOut};
    }
    crossings.push(crossing(level, place, options.activeFraction ?? 1));
    if (chained.includes(level)) domains = here.units;
  }
  const ringsOnly = (cluster.ringsOnly ?? false) && crossings.length > 1;
  const outermost = crossings.at(-1)?.level ?? plainCollectives;
  return {
    size,
    stride,
    membersPerUnit,
    crossings: crossings.map(withTreeHops(chained, domains)),
    ringsOnly,
    start: Math.max(...cluster.topology.map(level => level.start)),
    ringLatency: ringLatency(crossings, 'fenced'),
    flaggedRingLatency: ringLatency(crossings, 'flagged'),
    ramp: outermost.ramp,
    ringRamp: outermost.ringRamp,
    exchangeRamp: outermost.exchangeRamp,
    inNetworkReduction: crossings.some(({level}) => level.inNetworkReduction),
    eagerWindow:
      outermost.eagerWindow === null
        ? null
        : {...outermost.eagerWindow, pass: (size - 1) * outermost.eagerWindow.step},
    ringFrom: ringsOnly ? 0 : size * Math.max(0, ...crossings.map(({level}) => level.ringFrom)),
  };
}

/** @param domains number of sets of members that chained levels join */
function withTreeHops(chained: readonly TopologyLevel[], domains: number) {
  return (crossing: Omit<Crossing, 'treeHops'>): Crossing => ({
    ...crossing,
    treeHops: chained.includes(crossing.level)
      ? Math.ceil(crossing.hops / domains)
      : Math.ceil(Math.log2(crossing.branching)),
  });
}

/** Step of a ring inside a node, of one that goes on beyond it: NVIDIA/nccl src/graph/tuning.cc at b647562, NVLink. */
const insideStep = {fenced: 3.4e-6, flagged: 0.6e-6} as const;

/**
 * Latency of the hops of one pass. Where handing on takes the time, every link between units counts, the one
 * that closes the ring as well: with several members in a unit some chunk goes over all of them.
 *
 * @param protocol chunks with a fence after each, or with a flag in every word; Infinity where a level has no such chunks
 */
function ringLatency(
  crossings: readonly Pick<Crossing, 'hops' | 'branching' | 'rails' | 'level'>[],
  protocol: keyof typeof insideStep,
): number {
  const leaves = crossings.some(({level}) => level.ringLatency !== null);
  return crossings.reduce((sum, {hops, branching, rails, level}) => {
    if (level.ringLatency === null)
      return sum + hops * Math.max(leaves ? insideStep[protocol] : 0, level.latency);
    const wait = protocol === 'fenced' ? level.ringLatency : (level.flaggedRingLatency ?? Infinity);
    return sum + (rails > 1 ? branching : hops) * Math.max(wait, level.latency);
  }, 0);
}

/** Each member in a unit of its own: its device. */
function everyMember(size: number): Occupancy {
  return {units: size, most: 1, fewest: 1};
}

interface Place {
  readonly below: Occupancy;
  readonly here: Occupancy;
  readonly stride: number;
  readonly fanOut: number;
}

const noTorus: TorusExtent = {dimensions: 1, steps: 0, links: 1};

/** `place` spans several levels where a torus is described in parts (host, pod): it is one torus. */
function crossing(level: TopologyLevel, place: Place, activeFraction: number): Omit<Crossing, 'treeHops'> {
  const {below, here, fanOut} = place;
  const joined = Math.ceil(Math.max(here.most / below.most, below.units / here.units));
  const branching = here.units === 1 ? below.units : Math.max(2, joined);
  const torus = level.shape === 'torus' ? torusExtent(branching, fanOut, level.dimensions) : noTorus;
  const idle = Math.min(1 / activeFraction, level.devicesPerNic);
  return {
    level,
    branching,
    hops: below.units - here.units,
    rails: below.fewest,
    members: here.most,
    membersBelow: below.most,
    curve: transferCurve(level),
    share: (level.shape === 'mesh' ? meshFraction(branching, level.fanOut) : torus.links) * idle,
    pairShare: pairShare(level, place.stride) * idle,
    dimensions: torus.dimensions,
    torusSteps: torus.steps,
  };
}

/**
 * Links of one device that a message to one other device can use. On a mesh and a torus it takes one
 * of several links. On a shared NIC only the devices of one block of `stride` ranks send outwards at
 * once; where these are fewer than share the NIC, each has more of it.
 */
function pairShare(level: TopologyLevel, stride: number): number {
  if (level.shape === 'mesh') return meshFraction(2, level.fanOut);
  if (level.shape === 'torus') return 1 / (2 * level.dimensions);
  return level.devicesPerNic / Math.min(level.devicesPerNic, stride);
}
