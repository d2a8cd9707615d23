import {type ChunkCosts, chunkCosts} from '../cost/chunk-times.js';
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

/** What the chunks and stages of a layout cost and keep, before it is said what is recomputed. */
export interface ChunkWork {
  /** By kind of chunk. */
  readonly costs: readonly ChunkCosts[];
  /** By class of stages. */
  readonly activations: readonly FixedActivations[];
}

/** Work of every kind of chunk and every class of stages. */
export function chunkWork(
  device: Device,
  model: Transformer,
  layout: Pick<Layout, 'pipeline'>,
  pieces: PieceCosts,
  stages: StagePlan,
): ChunkWork {
  return {
    costs: stages.chunkKinds.map(chunk => chunkCosts(pieces, chunk)),
    activations: fixedOfStages(device, model, layout, pieces, stages),
  };
}

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
  {activations}: Pick<ChunkWork, 'activations'>,
): readonly StageActivations[] {
  return stages.classes.map(({chunks}, index) =>
    stageActivations(device, model, chunks, pieces, recompute, activations[index] as FixedActivations),
  );
}
