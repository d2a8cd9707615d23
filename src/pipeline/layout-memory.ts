import {
  allocatedBytes,
  type MemoryEstimate,
  memoryEstimate,
  type StageMoments,
} from '../cost/memory/memory.js';
import type {StageActivations} from '../cost/memory/stage-activations.js';
import {type StageStates, stageMemory} from '../cost/memory/stage-memory.js';
import type {StageGroups} from '../cost/workload/groups.js';
import type {Layout} from '../layout/layout.js';
import {activationsAreOffloaded} from '../layout/layout.js';
import type {LayoutCosts} from './layout-costs.js';
import type {PipelineShape} from './schedules/pipeline-shape.js';
import {schedules} from './schedules/schedules.js';
import type {PipelineChoice, StageClass} from './stages/stage-classes.js';

/** Communicators that a device belongs to. */
export function communicators({
  tensor,
  context,
  expert,
  data,
  pipeline,
}: Pick<StageGroups, 'tensor' | 'context' | 'expert' | 'data' | 'pipeline'>): number {
  let count = 0;
  for (const group of [tensor, context, expert, data, pipeline]) if (group.size > 1) count += 1;
  return count;
}

/** What the memory of stages is read from. */
export interface MemoryContext
  extends Pick<LayoutCosts, 'stages' | 'states' | 'activations' | 'numMicrobatches'> {
  readonly layout: PipelineChoice & Pick<Layout, 'offload'>;
}

/** The stage that holds most. Among stages of one class the first does: it has most passes in flight. */
export function fullestStage(context: MemoryContext): StageMoments {
  const {classes} = context.stages;
  let fullest = memoryOfStage(context, 0, firstStage(classes[0] as StageClass));
  for (let index = 1; index < classes.length; index += 1) {
    const stage = memoryOfStage(context, index, firstStage(classes[index] as StageClass));
    if (allocatedBytes(stage) > allocatedBytes(fullest)) fullest = stage;
  }
  return fullest;
}

function firstStage({stages}: StageClass): number {
  return stages[0] ?? 0;
}

function memoryOfStage(
  {layout, states, activations, numMicrobatches}: MemoryContext,
  index: number,
  stage: number,
): StageMoments {
  const shape: PipelineShape = {
    stages: layout.pipeline,
    virtualStages: layout.virtualStages,
    microbatches: numMicrobatches,
  };
  return stageMemory(
    states[index] as StageStates,
    activations[index] as StageActivations,
    activationsAreOffloaded(layout),
    schedules[layout.schedule].inFlight(stage, shape),
  );
}

/** Memory of every stage of a layout, and whether the fullest fits. */
export function memoryOf(context: LayoutCosts): MemoryEstimate {
  const stages = new Array(context.layout.pipeline);
  context.stages.classes.forEach(({stages: own}, index) => {
    for (const stage of own) stages[stage] = memoryOfStage(context, index, stage);
  });
  return memoryEstimate(context.cluster, stages, communicators(context.groups));
}
