import {type Layout, recomputeWords} from '../../layout/layout.js';
import type {Plan} from '../../plan/plan.js';

/** `tensor 4 x pipeline 16 x data 16`; degrees of 1 that most layouts have are left out. */
export function formatDegrees({tensor, context, pipeline, data, expert}: Layout): string {
  const factors = [
    `tensor ${tensor}`,
    ...(context > 1 ? [`context ${context}`] : []),
    `pipeline ${pipeline}`,
    `data ${data}`,
  ];
  return factors.join(' x ') + (expert > 1 ? `, expert ${expert}` : '');
}

/** Everything of a layout besides its degrees, each choice by itself. */
export function formatChoices(layout: Layout): string[] {
  const {microBatch, schedule, virtualStages, sharding, shardingGroup, offload} = layout;
  const group = shardingGroup === 'all' ? '' : ` over ${shardingGroup}`;
  return [
    `micro-batch ${microBatch}`,
    ...(layout.pipeline > 1
      ? [virtualStages > 1 ? `${schedule}, ${virtualStages} virtual stages` : schedule]
      : []),
    ...(layout.sequenceParallel ? ['sequence parallel'] : []),
    sharding === 'none' ? 'no sharding' : `${sharding} sharded${group}`,
    `recompute ${formatRecompute(layout)}`,
    ...(offload === 'none' ? [] : [`offload ${offload}`]),
  ];
}

export function formatRecompute({recompute}: Pick<Layout, 'recompute'>): string {
  return recomputeWords(recompute);
}

/** `1024 devices of frontier-mi250x (128 nodes)`. */
export function formatDeviceCount({cluster, diloco}: Plan): string {
  const {numDevices, devicesPerNode, hardware} = cluster;
  const nodes = numDevices / devicesPerNode;
  const where = Number.isInteger(nodes) && nodes > 1 ? ` (${nodes} nodes)` : '';
  const replicas = diloco === null ? '' : `${diloco.replicas} replicas of `;
  return `${replicas}${numDevices} devices of ${hardware}${where}`;
}

/** The outer level, each choice by itself. */
export function formatDiloco(diloco: Plan['diloco']): string[] {
  if (diloco === null) return [];
  const {innerSteps, fragments, overlapSteps, outerBits} = diloco;
  return [
    `DiLoCo every ${innerSteps} steps`,
    ...(fragments > 1 ? [`${fragments} fragments`] : []),
    ...(overlapSteps > 0 ? [`${overlapSteps} steps of overlap`] : []),
    ...(outerBits === 32 ? [] : [`${outerBits} bits`]),
  ];
}
