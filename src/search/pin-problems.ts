import {type LayoutProblem, layoutProblems} from '../layout/constraints.js';
import type {Layout} from '../layout/layout.js';
import type {Plan} from '../layout/plan.js';
import {completeLayout} from './default-layout.js';

/**
 * What is wrong with the pinned part of a plan's layout whatever the open part becomes; empty when some
 * layout may hold it.
 */
export function pinProblems(plan: Plan): readonly LayoutProblem[] {
  const {pins, cluster} = plan;
  const layout = completeLayout({...plan, pins: {tensor: 1, pipeline: 1, microBatch: 1, ...pins}});
  if (layout === null) throw new Error('a layout with its degrees is complete');
  const devices = devicesProblems(layout, plan);
  if (devices.length > 0) return devices;
  const scope = {
    model: plan.model,
    training: plan.training,
    numDevices: cluster.numDevices,
  };
  return layoutProblems(layout, scope).filter(problem => concerns(problem, layout, pins));
}

/** Without a data degree the others must divide the devices; with all of them their product counts. */
function devicesProblems(layout: Layout, {pins, cluster: {numDevices}}: Plan): readonly LayoutProblem[] {
  const others = layout.tensor * layout.context * layout.pipeline * (pins.data ?? 1);
  if (numDevices % others === 0) return [];
  const isWhole = pins.tensor !== undefined && pins.pipeline !== undefined && pins.data !== undefined;
  if (isWhole) return [];
  const factors = (['tensor', 'context', 'pipeline', 'data'] as const)
    .filter(degree => pins[degree] !== undefined)
    .map(degree => `${degree} ${pins[degree]}`);
  return [
    {
      path: 'layout',
      message: `${factors.join(' x ')}${factors.length > 1 ? ` = ${others}` : ''} does not divide the ${numDevices} devices of the cluster`,
      hint: 'choose degrees whose product divides the number of devices',
    },
  ];
}

/** Fields whose pins together make each problem; another value of an open one might mend it. */
function concerns({path}: LayoutProblem, layout: Layout, pins: Plan['pins']): boolean {
  const pinned = (...fields: (keyof Layout)[]) => fields.every(field => pins[field] !== undefined);
  switch (path) {
    case 'layout':
      return pinned('tensor', 'pipeline', 'data');
    case 'layout.tensor':
      return pinned('tensor');
    case 'layout.context':
      return pinned('context');
    case 'layout.sequence_parallel':
      return pinned('sequenceParallel') && (pinned('tensor') || pinned('context'));
    case 'layout.pipeline':
      return pinned('pipeline');
    case 'layout.virtual_stages':
      return (
        pinned('virtualStages') &&
        (layout.schedule === 'interleaved' ? pinned('pipeline') : pinned('schedule'))
      );
    case 'layout.micro_batch':
      // The data degree is stated, or what the other degrees leave.
      return pinned('data') || pinned('tensor', 'pipeline');
    case 'layout.sharding_group':
      return pinned('shardingGroup', 'tensor', 'pipeline');
    default:
      return pinned('expert');
  }
}
