import {planLoss} from '../loss/plan-loss.js';
import {candidateAt, planOf, type ScaleCandidate, tokensWithin} from './candidate.js';
import type {TrainingLimit} from './limit.js';
import type {SizedModel, SpeedTable} from './speed-table.js';

/** One size at one batch. */
export interface SurfaceCell {
  readonly parameters: number;
  /** Sequences over all replicas. */
  readonly globalBatch: number;
  /** Loss that it cannot get below by the limit: of a machine that always runs at its peak. */
  readonly bound: number;
  /** `planned`: see `candidate`; `excluded`: its bound is above the loss of another cell. */
  readonly status: 'planned' | 'excluded' | 'does not fit';
  readonly candidate: ScaleCandidate | null;
}

/** Loss over sizes and batches; `best` is the least that any cell reaches, or null where none fits. */
export interface LossSurface {
  readonly cells: readonly SurfaceCell[];
  readonly best: ScaleCandidate | null;
}

/**
 * Plans the cells in the order of what they could reach at best, until no cell that is left can beat the
 * best one found: the answer is that of planning them all.
 */
export function lossSurface(
  table: SpeedTable,
  limit: TrainingLimit,
  part: TablePart = wholeOf(table),
): LossSurface {
  const open = openCells(table, limit, part);
  const done = new Map<OpenCell, SurfaceCell>();
  let best: ScaleCandidate | null = null;
  for (const cell of [...open].sort((a, b) => a.bound - b.bound || a.size - b.size || a.batch - b.batch)) {
    const facts = {parameters: cell.parameters, globalBatch: cell.globalBatch, bound: cell.bound};
    if (best !== null && cell.bound > best.loss.value) {
      done.set(cell, {...facts, status: 'excluded', candidate: null});
      continue;
    }
    const speed = table.speed(cell.size, cell.batch);
    const candidate = speed && candidateAt(speed, limit);
    done.set(cell, {...facts, status: candidate === null ? 'does not fit' : 'planned', candidate});
    if (candidate !== null && (best === null || isBetter(candidate, best))) best = candidate;
  }
  return {cells: open.map(cell => done.get(cell) as SurfaceCell), best};
}

/** Less loss; of two with the same the one that takes less time. */
function isBetter(a: ScaleCandidate, b: ScaleCandidate): boolean {
  if (a.loss.value !== b.loss.value) return a.loss.value < b.loss.value;
  return a.run.expectedSeconds < b.run.expectedSeconds;
}

interface OpenCell {
  readonly size: number;
  readonly batch: number;
  readonly parameters: number;
  readonly globalBatch: number;
  readonly bound: number;
}

/** Some of the sizes and batches of a table, by their places. */
export interface TablePart {
  readonly sizes: readonly number[];
  readonly batches: readonly number[];
}

function wholeOf({sizes, batches}: SpeedTable): TablePart {
  return {sizes: sizes.map((_, i) => i), batches: batches.map((_, i) => i)};
}

function openCells(table: SpeedTable, limit: TrainingLimit, part: TablePart): OpenCell[] {
  return part.sizes.flatMap(size => {
    const {model, parameters} = table.sizes[size] as SizedModel;
    const most = table.mostTokensPerSecond(size);
    return part.batches.map(batch => {
      const globalBatch = table.batches[batch] as number;
      const plan = planOf(table.plan, model, globalBatch);
      const tokens = tokensWithin(plan, most, limit);
      const bound = tokens === 0 ? Infinity : planLoss({...plan, training: {...plan.training, tokens}}).value;
      return {size, batch, parameters, globalBatch, bound};
    });
  });
}
