import type {Cluster} from './cluster.js';
import {meshFraction, type TorusExtent, torusExtent} from './fabric-shape.js';
import type {RankAxis} from './rank-axis.js';
import type {TopologyLevel} from './topology.js';
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
}

/** One level of the topology as one group uses it. */
export interface Crossing {
  readonly level: TopologyLevel;
  /** Units of the level below that this level joins into one. */
  readonly branching: number;
  /** Hops of a ring through all members that cross this level. */
  readonly hops: number;
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
  const crossings: Crossing[] = [];
  const membersPerUnit: number[] = [];
  let place: Place = {below: everyMember(size), here: everyMember(size), stride, fanOut: 1};
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
  }
  const ringsOnly = (cluster.ringsOnly ?? false) && crossings.length > 1;
  return {size, stride, membersPerUnit, crossings, ringsOnly};
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
function crossing(level: TopologyLevel, place: Place, activeFraction: number): Crossing {
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
