import {planLoss} from '../../loss/plan-loss.js';
import {planOf, tokensWithin} from '../candidate.js';
import type {TrainingLimit} from '../limit.js';
import type {SizedModel, SpeedTable} from '../speeds/speed-table.js';

/** A size at a batch, by their places in the table, with the loss that it cannot get below. */
export interface OpenCell {
  readonly size: number;
  readonly batch: number;
  readonly parameters: number;
  readonly globalBatch: number;
  readonly bound: number;
}

/** Every size at every batch of the table. */
export function openCells({table, limit}: SurfaceSubject): OpenCell[] {
  return table.sizes.flatMap(({parameters}, size) =>
    table.batches.map((globalBatch, batch) => {
      const cell = {size, batch, parameters, globalBatch, bound: Infinity};
      return {...cell, bound: lossAt({table, limit}, cell, 1)};
    }),
  );
}

/** What a cell is asked for by. */
export interface SurfaceSubject {
  readonly table: SpeedTable;
  readonly limit: TrainingLimit;
}

/** Loss of a cell that reaches a share of its bound on tokens per second; Infinity where it ends no step. */
export function lossAt({table, limit}: SurfaceSubject, cell: OpenCell, share: number): number {
  const {model} = table.sizes[cell.size] as SizedModel;
  const plan = planOf(table.plan, model, cell.globalBatch);
  const tokens = tokensWithin(plan, share * table.mostTokensPerSecond(cell.size), limit);
  return tokens === 0 ? Infinity : planLoss({...plan, training: {...plan.training, tokens}}).value;
}
