import type {RankAxis} from './topology.js';

/** How the members of one group spread over the units (packages, nodes, racks) of one level; the worst group counts. */
export interface Occupancy {
  /** Units that hold at least one member. */
  readonly units: number;
  /** Members in the fullest and in the emptiest of those units. */
  readonly most: number;
  readonly fewest: number;
}

/**
 * Occupancy of units of `unitSize` devices by groups with these axes.
 *
 * Ranks fill the units in order. Where the groups do not align with the units (tensor 6 on nodes of 8),
 * every group of one period is counted, and those that span the most units speak for all.
 */
export function unitOccupancy(axes: readonly RankAxis[], unitSize: number, numDevices: number): Occupancy {
  return alignedOccupancy(axes, unitSize) ?? countedOccupancy(axes, unitSize, numDevices);
}

/** Closed form where every axis either fits into a unit, or steps over whole units, or fills units exactly. */
function alignedOccupancy(axes: readonly RankAxis[], unitSize: number): Occupancy | null {
  let size = 1;
  let inUnit = 1;
  for (const axis of axes) {
    const span = axis.size * axis.stride;
    size *= axis.size;
    if (unitSize === Infinity || axis.size === 1 || unitSize % span === 0) inUnit *= axis.size;
    else if (axis.stride % unitSize === 0) continue;
    else if (unitSize % axis.stride === 0 && span % unitSize === 0) inUnit *= unitSize / axis.stride;
    else return null;
  }
  return {units: size / inUnit, most: inUnit, fewest: inUnit};
}

function countedOccupancy(axes: readonly RankAxis[], unitSize: number, numDevices: number): Occupancy {
  const outermost = axes.at(-1) ?? {size: 1, stride: 1};
  const span = outermost.size * outermost.stride;
  const period = Math.min(leastCommonMultiple(span, unitSize), Math.max(span, numDevices));
  let worst: Occupancy = {units: 0, most: 0, fewest: 0};
  for (let first = 0; first < period; first += 1) {
    if (isFirstMember(axes, first)) worst = worseOf(worst, occupancyOf(axes, first, unitSize));
  }
  return worst;
}

function worseOf(a: Occupancy, b: Occupancy): Occupancy {
  if (a.units !== b.units) return a.units > b.units ? a : b;
  return {units: a.units, most: Math.max(a.most, b.most), fewest: Math.min(a.fewest, b.fewest)};
}

function isFirstMember(axes: readonly RankAxis[], rank: number): boolean {
  return axes.every(axis => Math.floor(rank / axis.stride) % axis.size === 0);
}

function occupancyOf(axes: readonly RankAxis[], first: number, unitSize: number): Occupancy {
  const members = new Map<number, number>();
  const size = axes.reduce((product, axis) => product * axis.size, 1);
  for (let index = 0; index < size; index += 1) {
    const unit = Math.floor((first + memberOffset(axes, index)) / unitSize);
    members.set(unit, (members.get(unit) ?? 0) + 1);
  }
  const counts = [...members.values()];
  return {units: counts.length, most: Math.max(...counts), fewest: Math.min(...counts)};
}

function memberOffset(axes: readonly RankAxis[], index: number): number {
  let left = index;
  let offset = 0;
  for (const axis of axes) {
    offset += (left % axis.size) * axis.stride;
    left = Math.floor(left / axis.size);
  }
  return offset;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
