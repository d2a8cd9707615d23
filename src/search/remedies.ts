import type {Layout} from '../layout/layout.js';
import type {Plan} from '../plan/plan.js';
import {searchLayouts} from './search.js';
import {layoutSpace} from './space/layout-space.js';

/** A change to a plan that makes some layout of it fit. */
export interface Remedy {
  /** In the words of the plan file. */
  readonly change: string;
  /** Memory of a device under the fastest layout that fits then. */
  readonly neededBytes: number;
}

/** Changes that make a plan fit of which no layout does, each by itself; none where none of those tried is enough. */
export function remedies(plan: Plan): readonly Remedy[] {
  return [...openedPins(plan), ...moreDevices(plan)];
}

/** Pins that keep the planner from a layout that fits. */
const reopened = [
  {field: 'recompute', key: 'layout.recompute'},
  {field: 'sharding', key: 'layout.sharding'},
  {field: 'sequenceParallel', key: 'layout.sequence_parallel'},
  {field: 'offload', key: 'layout.offload'},
  {field: 'microBatch', key: 'layout.micro_batch'},
  {field: 'tensor', key: 'layout.tensor'},
  {field: 'pipeline', key: 'layout.pipeline'},
  {field: 'data', key: 'layout.data'},
] as const satisfies readonly {readonly field: keyof Layout; readonly key: string}[];

function openedPins(plan: Plan): Remedy[] {
  return reopened.flatMap(({field, key}) => {
    const {[field]: pinned, ...pins} = plan.pins;
    if (pinned === undefined) return [];
    const isDegree = field === 'tensor' || field === 'pipeline';
    const found = fastestFit({...plan, pins: isDegree ? withoutData(pins) : pins});
    if (found === null) return [];
    const value = found.layout[field];
    // Another opened field made the difference and has a remedy of its own.
    if (value === pinned) return [];
    return [
      {change: `${key}: ${inWords(value)} instead of ${inWords(pinned)}`, neededBytes: found.neededBytes},
    ];
  });
}

function inWords(value: Layout[keyof Layout]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Clusters beyond this are not what anybody meant. */
const mostTimes = 64;

function moreDevices(plan: Plan): Remedy[] {
  const {cluster} = plan;
  for (let times = 2; times <= mostTimes; times *= 2) {
    const numDevices = times * cluster.numDevices;
    const found = fastestFit({...plan, pins: withoutData(plan.pins), cluster: {...cluster, numDevices}});
    if (found !== null) {
      return [{change: `${times} x the devices (${numDevices})`, neededBytes: found.neededBytes}];
    }
  }
  return [];
}

function withoutData({data: _, ...pins}: Plan['pins']): Plan['pins'] {
  return pins;
}

function fastestFit(plan: Plan): {readonly layout: Layout; readonly neededBytes: number} | null {
  const {best} = searchLayouts(plan, {alternatives: 0});
  if (best === null) return null;
  const {layout, estimate} = best;
  return {layout, neededBytes: estimate.memory.neededBytes};
}

/** The next smaller cluster, by whole nodes, that some layout of the plan divides; null where none is near. */
export function workableDevices(plan: Plan): number | null {
  const {numDevices, devicesPerNode} = plan.cluster;
  const nodes = Math.floor(numDevices / devicesPerNode);
  const mostSteps = 64;
  for (let fewer = 0; fewer < Math.min(nodes, mostSteps); fewer += 1) {
    const size = (nodes - fewer) * devicesPerNode;
    if (size === numDevices) continue;
    const smaller = {...plan, pins: withoutData(plan.pins), cluster: {...plan.cluster, numDevices: size}};
    if (layoutSpace(smaller).next().done === false) return size;
  }
  return null;
}
