import {candidateAt, type PlannedSpeed, type ScaleCandidate} from '../candidate.js';
import type {TrainingLimit} from '../limit.js';
import type {SpeedTable} from '../speeds/speed-table.js';
import {lossAt, type OpenCell, openCells, type SurfaceSubject} from './cells.js';

/** One size at one batch. */
export interface SurfaceCell {
  readonly parameters: number;
  /** Sequences over all replicas. */
  readonly globalBatch: number;
  /** Loss that it cannot get below by the limit: of devices that are never short of memory and never wait. */
  readonly bound: number;
  readonly status: CellStatus;
  readonly candidate: ScaleCandidate | null;
}

/**
 * `planned`: over all layouts; `likely`: over the layouts with degrees that are best elsewhere on the surface;
 * `unlikely`: it would lose even with a better use of the devices than any cell that was planned;
 * `excluded`: its bound is above the loss of another cell.
 */
export type CellStatus = 'planned' | 'likely' | 'unlikely' | 'excluded' | 'does not fit';

/** Loss over sizes and batches; `best` is the least that any planned cell reaches, or null where none fits. */
export interface LossSurface {
  readonly cells: readonly SurfaceCell[];
  readonly best: ScaleCandidate | null;
  /** Proved: no cell has a loss that is lower than that of `best` by more than this share of it. */
  readonly gap: number;
}

/** How many cells of a surface are planned over all layouts. */
export interface SurfaceEffort {
  /** Number of the best cells that are planned over all layouts. */
  readonly numFullySearched?: number;
  /** Whether to go on until the gap is 0: every cell is planned over all layouts or excluded by its bound. */
  readonly isProven?: boolean;
}

const defaultNumFullySearched = 2;

/**
 * How much more of its bound than any cell so far another one may turn out to reach: cells differ by some per
 * cent in how well their sizes and batches divide.
 */
const roomAbove = 1.02;

/**
 * Finds the size and the batch of least loss. Speeds over sizes and batches are alike as shares of their bounds,
 * and so are the best layouts: cells are planned in the order of what they could reach at the best share
 * found so far, until none that is left could win; the best of them are then planned over all layouts.
 */
export function lossSurface(
  table: SpeedTable,
  limit: TrainingLimit,
  {numFullySearched = defaultNumFullySearched, isProven = false}: SurfaceEffort = {},
): LossSurface {
  const cells = openCells({table, limit});
  const state: State = {
    table,
    limit,
    cells,
    found: new Map(),
    optimisticLosses: new Map(),
    best: null,
    bestBoundRatio: 0,
  };
  explore(state);
  for (
    let next = nextUnproven(state, numFullySearched);
    next !== null;
    next = nextUnproven(state, numFullySearched)
  ) {
    searchFully(state, next);
    explore(state);
  }
  if (isProven) {
    for (const cell of [...cells].sort((a, b) => a.bound - b.bound)) {
      if (couldWin(state, cell.bound)) searchFully(state, cell);
    }
  }
  const {best} = state;
  return {cells: cells.map(cell => surfaceCell(state, cell)), best, gap: provenGap(state)};
}

/** What a cell came to. */
interface CellResult {
  readonly candidate: ScaleCandidate | null;
  /** Over all layouts. */
  readonly isWhole: boolean;
  /** Number of degrees in the table when the cell was planned. */
  readonly numDegrees: number;
}

interface State extends SurfaceSubject {
  readonly cells: readonly OpenCell[];
  readonly found: Map<OpenCell, CellResult>;
  /** Last result of `optimisticLoss` for each cell, with its share. */
  readonly optimisticLosses: Map<OpenCell, {readonly share: number; readonly loss: number}>;
  best: ScaleCandidate | null;
  /** The largest of the planned cells' tokens per second over their bound; 0: none is planned. */
  bestBoundRatio: number;
}

function couldWin({best}: State, loss: number): boolean {
  return best === null ? loss < Infinity : loss <= best.loss.value;
}

/** Plans cells until none that is left could win, were it to use the devices a little better than all others. */
function explore(state: State): void {
  for (let next = mostPromising(state); next !== null; next = mostPromising(state)) {
    recordCell(state, next, state.table.likelySpeed(next.size, next.batch), false);
  }
}

function mostPromising(state: State): OpenCell | null {
  const {table, found} = state;
  let promising: {readonly cell: OpenCell; readonly loss: number} | null = null;
  for (const cell of state.cells) {
    const known = found.get(cell);
    const isOld = known !== undefined && (known.isWhole || known.numDegrees === table.numDegrees());
    if (isOld || !couldWin(state, cell.bound) || isBeyondFit(state, cell)) continue;
    const loss = optimisticLoss(state, cell);
    if (couldWin(state, loss) && (promising === null || loss < promising.loss)) promising = {cell, loss};
  }
  return promising?.cell ?? null;
}

/** Loss of a cell that used the devices a little better than all others, or than it did with fewer degrees. */
function optimisticLoss(state: State, cell: OpenCell): number {
  const before = state.found.get(cell)?.candidate?.tokensPerSecond;
  const own =
    before === undefined ? state.bestBoundRatio : before / state.table.mostTokensPerSecond(cell.size);
  const share = own === 0 ? 1 : Math.min(1, own * roomAbove);
  const known = state.optimisticLosses.get(cell);
  if (known?.share === share) return known.loss;
  const loss = lossAt(state, cell, share);
  state.optimisticLosses.set(cell, {share, loss});
  return loss;
}

/**
 * Larger models than one that does not fit are not tried: not at its batch, nor at others once smaller models
 * show that it is not the batch that cannot be divided. While nothing is known to fit, the smallest one is.
 */
function isBeyondFit({cells, best, found}: State, cell: OpenCell): boolean {
  const isSmallest = cells.every(({size}) => size >= cell.size);
  for (const [misfit, {candidate}] of found) {
    if (candidate !== null || misfit.size > cell.size) continue;
    if (misfit.batch === cell.batch || (best === null ? !isSmallest : isFitting(found, misfit.batch)))
      return true;
  }
  return false;
}

function isFitting(found: State['found'], batch: number): boolean {
  return [...found].some(([cell, {candidate}]) => cell.batch === batch && candidate !== null);
}

/** The best cell that is not planned over all layouts, of the `sure` best ones; null: all of them are. */
function nextUnproven({found}: State, numFullySearched: number): OpenCell | null {
  const ranked = [...found]
    .flatMap(([cell, {candidate, isWhole}]) => (candidate === null ? [] : [{cell, candidate, isWhole}]))
    .sort((a, b) => (isBetter(a.candidate, b.candidate) ? -1 : 1))
    .slice(0, numFullySearched);
  return ranked.find(({isWhole}) => !isWhole)?.cell ?? null;
}

function searchFully(state: State, cell: OpenCell): void {
  recordCell(state, cell, state.table.speed(cell.size, cell.batch), true);
}

function recordCell(state: State, cell: OpenCell, speed: PlannedSpeed | null, isWhole: boolean): void {
  const {table, limit, found} = state;
  const candidate = speed && candidateAt(speed, limit);
  found.set(cell, {candidate, isWhole, numDegrees: table.numDegrees()});
  if (speed === null || candidate === null) return;
  state.bestBoundRatio = Math.max(
    state.bestBoundRatio,
    speed.tokensPerSecond / table.mostTokensPerSecond(cell.size),
  );
  if (state.best === null || isBetter(candidate, state.best)) state.best = candidate;
}

/** Less loss; of two with the same the one that takes less time. */
function isBetter(a: ScaleCandidate, b: ScaleCandidate): boolean {
  if (a.loss.value !== b.loss.value) return a.loss.value < b.loss.value;
  return a.run.expectedSeconds < b.run.expectedSeconds;
}

function surfaceCell(state: State, cell: OpenCell): SurfaceCell {
  const {parameters, globalBatch, bound} = cell;
  const known = state.found.get(cell);
  const candidate = known?.candidate ?? null;
  return {parameters, globalBatch, bound, status: statusOf(state, cell, known), candidate};
}

function statusOf(state: State, {bound}: OpenCell, known: CellResult | undefined): CellStatus {
  if (known === undefined) return couldWin(state, bound) ? 'unlikely' : 'excluded';
  if (known.candidate === null) return 'does not fit';
  return known.isWhole ? 'planned' : 'likely';
}

function provenGap({cells, found, best}: State): number {
  if (best === null) return 0;
  const open = cells.filter(cell => found.get(cell)?.isWhole !== true);
  return Math.max(0, ...open.map(({bound}) => 1 - bound / best.loss.value));
}
