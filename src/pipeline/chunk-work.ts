import type {Device} from '../cost/kernels/device.js';
import {
  type FixedActivations,
  fixedActivations,
  type StageActivations,
  stageActivations,
} from '../cost/memory/stage-memory.js';
import type {PieceCosts} from '../cost/pieces.js';
import type {Layout, Recompute} from '../layout/layout.js';
import type {Transformer} from '../model/transformer.js';
import type {StagePlan} from './stage-classes.js';

/** What every class of stages keeps and needs for activations whatever it recomputes. */
export function fixedOfStages(
  device: Device,
  model: Transformer,
  layout: Pick<Layout, 'pipeline'>,
  pieces: PieceCosts,
  stages: StagePlan,
): readonly FixedActivations[] {
  return stages.classes.map(({chunks}) => fixedActivations(device, model, layout, chunks, pieces));
}

/** What every class of stages keeps and needs for activations. */
export function activationsOfStages(
  device: Device,
  model: Transformer,
  recompute: Recompute,
  pieces: PieceCosts,
  stages: StagePlan,
  {activations}: {readonly activations: readonly FixedActivations[]},
): readonly StageActivations[] {
  return stages.classes.map(({chunks}, index) =>
    stageActivations(device, model, chunks, pieces, recompute, activations[index] as FixedActivations),
  );
}
