import {beyondMeasured} from '../../pipeline/beyond-measured.js';
import {stepBand} from '../../pipeline/step-band.js';
import type {Seconds} from '../../units/quantities.js';
import type {Misfit} from '../rejections.js';
import type {Mesh} from '../space/mesh.js';
import type {LayerChoice, MeshSpace} from '../space/mesh-space.js';
import type {LayerTable} from '../tables/layer-table.js';
import {meshStates} from '../tables/mesh-states.js';
import {exceeds, type MeshLimits} from './limits.js';
import type {MeshFindings} from './mesh-findings.js';
import {belowRounding, type Judge, type LayerVisit, type MeshVisit} from './visit.js';
import {visitSlicing} from './visit-slicing.js';

/** Looks at every layout of a mesh: one by one, or many at once where a bound speaks for all of them. */
export function visitMesh(judge: Judge, space: MeshSpace, limits: MeshLimits, found: MeshFindings): void {
  const [order] = space.orders;
  if (order === undefined || space.size === 0) return;
  const {tables} = judge;
  const visit: MeshVisit = {judge, space, states: meshStates(tables, space), limits, found};
  const {mesh} = space;
  const placed = {...mesh, rankOrder: order.rankOrder};
  const factors = space.microBatches.map(size => riskFactor(judge, mesh, size));
  const leastFactor = Math.min(...factors);
  for (const layer of space.layers) {
    const table = tables.layer(placed, layer);
    if (!judge.timesAll) {
      const least = table.leastSeconds(judge.sequencesOfBound) * space.numMicrobatches(1);
      if (exceeds(limits, leastFactor * stageSeconds(judge, mesh, least), 0)) {
        found.excludedByBound += space.sizeOfLayer;
        continue;
      }
    }
    visitMicroBatches(visit, layer, table, factors);
  }
}

/**
 * Where a micro-batch fits nowhere, its multiples do not either: they keep as many times more and leave no
 * other schedules open.
 */
function visitMicroBatches(
  visit: MeshVisit,
  layer: LayerChoice,
  table: LayerTable,
  factors: readonly number[],
): void {
  const {judge, space, found} = visit;
  const misfits: {readonly microBatch: number; readonly misfit: Misfit}[] = [];
  space.microBatches.forEach((microBatch, index) => {
    const known = misfits.find(smaller => microBatch % smaller.microBatch === 0);
    if (known !== undefined) {
      const count = sizeOf(space, microBatch);
      found.excludedByMemory += count;
      found.tally.add(known.misfit, count);
      return;
    }
    const entry = table.of(microBatch);
    const slicedSeconds = judge.slicedSeconds.get(entry) ?? new Map();
    judge.slicedSeconds.set(entry, slicedSeconds);
    const own: LayerVisit = {
      layer,
      microBatch,
      entry,
      slicedSeconds,
      numMicrobatches: space.numMicrobatches(microBatch),
      factor: factors[index] as number,
      closest: {misfit: null},
    };
    const isMisfit = visitLayer(visit, own);
    const {misfit} = own.closest;
    if (isMisfit && misfit !== null && !judge.timesAll) misfits.push({microBatch, misfit});
  });
}

function sizeOf(space: MeshSpace, microBatch: number): number {
  const recomputes = space.slicings(microBatch).reduce((sum, slicing) => sum + slicing.recomputes.length, 0);
  return recomputes * space.numStates;
}

/** Below the step of every layout of a mesh, as it is ranked, seconds. */
export function boundOfMesh(judge: Judge, space: MeshSpace): number {
  const [order] = space.orders;
  if (order === undefined || space.size === 0) return Infinity;
  const {mesh} = space;
  const placed = {...mesh, rankOrder: order.rankOrder};
  const least = Math.min(
    ...space.layers.map(layer => judge.tables.layer(placed, layer).leastSeconds(judge.sequencesOfBound)),
  );
  const factor = Math.min(...space.microBatches.map(size => riskFactor(judge, mesh, size)));
  return factor * stageSeconds(judge, mesh, least * space.numMicrobatches(1));
}

/** Below the step of any cut into stages. @param seconds of all micro-batches through the whole model */
function stageSeconds({tables}: Judge, {pipeline}: Mesh, seconds: number): number {
  return (seconds / pipeline + tables.cluster.software.stepOverhead) * belowRounding;
}

function riskFactor({tables, risk}: Judge, mesh: Mesh, microBatch: number): number {
  if (risk === 'p50') return 1;
  const {model, cluster, training} = tables;
  const beyond = beyondMeasured({model, cluster, training, layout: {...mesh, microBatch}});
  return stepBand({seconds: 1 as Seconds, beyond}, cluster.software).p90;
}

/** @returns whether memory rules all of them out */
function visitLayer(visit: MeshVisit, layer: LayerVisit): boolean {
  const {judge, space, limits, found} = visit;
  const {entry, numMicrobatches, factor, microBatch} = layer;
  const bound = factor * stageSeconds(judge, space.mesh, numMicrobatches * entry.wholeSeconds);
  if (!judge.timesAll && exceeds(limits, bound, 0)) {
    found.excludedByBound += sizeOf(space, microBatch);
    return false;
  }
  let isMisfit = true;
  for (const slicing of space.slicings(microBatch)) {
    if (!visitSlicing(visit, layer, slicing)) isMisfit = false;
  }
  return isMisfit;
}
