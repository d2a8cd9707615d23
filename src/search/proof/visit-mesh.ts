import {beyondMeasured} from '../../pipeline/beyond-measured.js';
import {stepBand} from '../../pipeline/step-band.js';
import type {Seconds} from '../../units/quantities.js';
import type {Misfit} from '../rejections.js';
import type {Mesh} from '../space/mesh.js';
import type {LayerChoice, MeshSpace} from '../space/mesh-space.js';
import type {Slicing} from '../space/slicing.js';
import type {LayerEntry, LayerTable} from '../tables/layer-table.js';
import {meshStates} from '../tables/mesh-states.js';
import {leastOfSlicing} from './least-of-slicing.js';
import {exceeds, type MeshLimits} from './limits.js';
import type {MeshFindings} from './mesh-findings.js';
import {belowRounding, type Judge, type LayerVisit, type MeshVisit} from './visit.js';
import {visitSlicing} from './visit-slicing.js';

/** One way to run the layers of a mesh. */
export interface LayerOfMesh {
  readonly layer: LayerChoice;
  readonly table: LayerTable;
  /**
   * A micro-batch that stands for all that divide it. Larger ones fill waves of tiles, links and launches
   * better: k times the work never takes more than k times as long, so that none takes less for a sequence.
   */
  readonly alike: LayerEntry;
}

/** Looks at every layout of a mesh: one by one, or many at once where a bound speaks for all of them. */
export function visitMesh(judge: Judge, space: MeshSpace, limits: MeshLimits, found: MeshFindings): void {
  const states = meshStates(judge.tables, space);
  const visit: MeshVisit = {judge, space, states, ranks: new Map(), limits, found};
  for (const known of layersOfMesh(judge, space)) {
    if (judge.timesAll || !exceeds(limits, leastOfLayer(judge, space, known), 0)) {
      visitMicroBatches(visit, known);
    } else found.excludedByBound += space.sizeOfLayer;
  }
}

/** Below the step of every layout of a mesh, as it is ranked, seconds. */
export function boundOfMesh(judge: Judge, space: MeshSpace): number {
  return Math.min(...layersOfMesh(judge, space).map(known => leastOfLayer(judge, space, known)));
}

export function layersOfMesh({tables, sequencesOfBound}: Judge, space: MeshSpace): readonly LayerOfMesh[] {
  const [order] = space.orders;
  if (order === undefined || space.size === 0) return [];
  const placed = {...space.mesh, rankOrder: order.rankOrder};
  return space.layers.map(layer => {
    const table = tables.layer(placed, layer);
    return {layer, table, alike: table(sequencesOfBound)};
  });
}

/** Below the step of all layouts that run layers in one way, as it is ranked, seconds. */
function leastOfLayer(judge: Judge, space: MeshSpace, {alike}: LayerOfMesh): number {
  const {tables, sequencesOfBound, pairs} = judge;
  const {pipeline} = space.mesh;
  const whole = alike.whole()[pairs && pipeline > 1 ? 'silent' : 'whole'] / sequencesOfBound;
  const factor = Math.min(...space.microBatches.map(size => riskFactor(judge, space.mesh, size)));
  const stage = (whole * space.numMicrobatches(1)) / pipeline;
  return factor * (stage + tables.cluster.software.stepOverhead) * belowRounding;
}

/** What a step is ranked by over its seconds. */
export function riskFactor({tables, risk}: Judge, mesh: Mesh, microBatch: number): number {
  if (risk === 'p50') return 1;
  const {model, cluster, training} = tables;
  const beyond = beyondMeasured({model, cluster, training, layout: {...mesh, microBatch}});
  return stepBand({seconds: 1 as Seconds, beyond}, cluster.software).p90;
}

/**
 * Where a micro-batch fits nowhere, its multiples do not either: they keep as many times more and leave no
 * other schedules open.
 */
function visitMicroBatches(visit: MeshVisit, known: LayerOfMesh): void {
  const {judge, space, found} = visit;
  const misfits: {readonly microBatch: number; readonly misfit: Misfit}[] = [];
  for (const microBatch of space.microBatches) {
    const smaller = misfits.find(misfit => microBatch % misfit.microBatch === 0);
    if (smaller !== undefined) {
      const count = space.numStates * numRecomputes(space.slicings(microBatch));
      found.excludedByMemory += count;
      found.tally.add(smaller.misfit, count);
      continue;
    }
    const misfit = visitMicroBatch(visit, known, microBatch);
    if (misfit !== null && !judge.timesAll) misfits.push({microBatch, misfit});
  }
}

function numRecomputes(slicings: readonly Slicing[]): number {
  return slicings.reduce((sum, {recomputes}) => sum + recomputes.length, 0);
}

/** @returns the layout that comes closest to fitting, where memory rules all of them out */
function visitMicroBatch(
  visit: MeshVisit,
  {layer, table, alike}: LayerOfMesh,
  microBatch: number,
): Misfit | null {
  const {judge, space, limits, found} = visit;
  const factor = riskFactor(judge, space.mesh, microBatch);
  const numMicrobatches = space.numMicrobatches(microBatch);
  const slicings = space.slicings(microBatch);
  const share = microBatch / judge.sequencesOfBound;
  const {stepOverhead} = judge.tables.cluster.software;
  const open = slicings.filter(slicing => {
    if (judge.timesAll) return true;
    const least = share * leastOfSlicing(alike.seconds, slicing, numMicrobatches) + stepOverhead;
    return !exceeds(limits, factor * least * belowRounding, 0);
  });
  found.excludedByBound += space.numStates * (numRecomputes(slicings) - numRecomputes(open));
  if (open.length === 0) return null;
  const entry = table(microBatch);
  const own: LayerVisit = {layer, microBatch, entry, numMicrobatches, factor, closest: {misfit: null}};
  let isMisfit = open.length === slicings.length;
  for (const slicing of open) {
    if (!visitSlicing(visit, own, slicing)) isMisfit = false;
  }
  return isMisfit ? own.closest.misfit : null;
}
