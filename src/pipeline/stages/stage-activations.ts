import type {LayerCosts} from '../../cost/layers/layer-costs.js';
import {
  type FixedActivations,
  fixedActivations,
  type StageActivations,
  stageActivations,
} from '../../cost/memory/stage-activations.js';
import type {Recompute} from '../../layout/layout.js';
import type {StageAssignment} from './stage-classes.js';

/** Activations of every class of stages, whatever they recompute. @param pipeline its stages */
export function fixedActivationsByClass(
  costs: LayerCosts,
  stages: StageAssignment,
  pipeline: number,
): readonly FixedActivations[] {
  return stages.classes.map(({chunks}) => fixedActivations(costs, chunks, pipeline > 1));
}

/** Activations that every class of stages holds and needs. */
export function activationsByClass(
  costs: LayerCosts,
  stages: StageAssignment,
  recompute: Recompute,
  fixed: readonly FixedActivations[],
): readonly StageActivations[] {
  return stages.classes.map(({chunks}, index) =>
    stageActivations(costs, chunks, recompute, fixed[index] as FixedActivations),
  );
}
