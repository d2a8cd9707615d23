import {
  allocatedBytes,
  type MemoryEstimate,
  memoryEstimate,
  type StageMoments,
} from '../cost/memory/memory.js';
import {type StageActivations, stageMemory} from '../cost/memory/stage-memory.js';
import type {StageGroups} from '../cost/stage-groups.js';
import type {DeviceParameters} from '../cost/stage-parameters.js';
import type {EstimateContext} from './estimate-context.js';
import {schedules} from './schedules/schedules.js';

/** Communicators that a device belongs to. */
export function communicators({tensor, context, expert, data, pipeline}: StageGroups): number {
  let count = 0;
  for (const group of [tensor, context, expert, data, pipeline]) if (group.size > 1) count += 1;
  return count;
}

function passesInFlight({layout, numMicrobatches: microbatches}: EstimateContext, stage: number): number {
  const {pipeline: stages, virtualStages, schedule} = layout;
  return schedules[schedule].inFlight(stage, {stages, virtualStages, microbatches});
}

/** Of stages that hold the same, the first keeps most: it has most passes in flight. */
export function fullestStage(context: EstimateContext): StageMoments {
  return context.stages.classes
    .map(({stages}, index) => memoryOfStage(context, index, stages[0] ?? 0))
    .reduce((fullest, stage) => (allocatedBytes(stage) > allocatedBytes(fullest) ? stage : fullest));
}

function memoryOfStage(context: EstimateContext, index: number, stage: number): StageMoments {
  return stageMemory(
    context,
    context.parameters[index] as DeviceParameters,
    context.activations[index] as StageActivations,
    passesInFlight(context, stage),
  );
}

/** Memory of every stage of a layout, and whether the fullest fits. */
export function memoryOf(context: EstimateContext): MemoryEstimate {
  const stages = new Array(context.layout.pipeline);
  context.stages.classes.forEach(({stages: own}, index) => {
    for (const stage of own) stages[stage] = memoryOfStage(context, index, stage);
  });
  return memoryEstimate(context.cluster, stages, communicators(context.groups));
}
