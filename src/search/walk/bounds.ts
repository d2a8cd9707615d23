import type {ModelChunk} from '../../cost/workload/model-chunk.js';
import {factsOfSchedule} from '../../layout/schedules.js';
import {chunkBound, type LayerSeconds, type PassBound} from '../../pipeline/tables/layer-seconds.js';
import type {LayerEntry, LayerTable} from '../../pipeline/tables/layer-table.js';
import type {DegreesSpace, LayerChoice} from '../space/degrees-space.js';
import type {PipelineCandidate} from '../space/pipeline-candidates.js';
import type {StepBound} from './collector.js';
import {riskFactor, type SearchContext} from './search-context.js';

/** Margin by which a bound is lowered: rounding may bring it above what it bounds by some units in the last place. */
const belowRounding = 1 - 1e-9;

/** Bound of a step. @param onceSeconds what comes once a step, at least; @param neededBytes memory, at least */
export function stepBound(
  {seconds, computeSeconds}: PassBound,
  onceSeconds: number,
  neededBytes: number,
): StepBound {
  return {
    seconds: (seconds + onceSeconds) * belowRounding,
    computeSeconds: computeSeconds * belowRounding,
    neededBytes,
  };
}

/** Lower bound of a memory sum, bytes. */
export function bytesBound(bytes: number): number {
  return bytes * belowRounding;
}

/** One way to run the layers of a combination of degrees. */
export interface LayerRun {
  readonly layer: LayerChoice;
  readonly table: LayerTable;
  /**
   * Costs of the micro-batch that bounds all others. Larger micro-batches fill waves of tiles, links and
   * launches better: k times the work never takes more than k times as long.
   */
  readonly boundEntry: LayerEntry;
}

/** Ways to run the layers of a combination of degrees. */
export function layerRuns(
  {tables, boundMicroBatch, pinned}: SearchContext,
  space: DegreesSpace,
): readonly LayerRun[] {
  const [order] = space.orders;
  if (order === undefined || space.size === 0) return [];
  const placed = {...space.degrees, rankOrder: order.rankOrder};
  return space.layers.map(layer => {
    const table = tables.layer(placed, {...layer, ...pinned});
    return {layer, table, boundEntry: table(boundMicroBatch)};
  });
}

/** Lower bound of the ranked step of every layout of a combination of degrees, seconds. */
export function degreesBound(context: SearchContext, space: DegreesSpace): number {
  const least = layerRuns(context, space).map(run => layerBound(context, space, run).seconds);
  return leastRiskFactor(context, space) * Math.min(...least);
}

/** Bound of the layouts that run layers in one way. Which stage is the busiest, and so computes, is not known. */
export function layerBound(context: SearchContext, space: DegreesSpace, {boundEntry}: LayerRun): StepBound {
  const {tables, boundMicroBatch, overlapsForwardBackward} = context;
  const {pipeline} = space.degrees;
  const part = overlapsForwardBackward && pipeline > 1 ? 'withoutExpertSeconds' : 'totalSeconds';
  const seconds = ((boundEntry.uncutSeconds()[part] / boundMicroBatch) * space.numMicrobatches(1)) / pipeline;
  return stepBound({seconds, computeSeconds: 0}, tables.cluster.software.stepOverhead, 0);
}

/** The least risk factor of a combination of degrees. */
export function leastRiskFactor(context: SearchContext, space: DegreesSpace): number {
  return Math.min(...space.microBatches.map(size => riskFactor(context, space.degrees, size)));
}

/**
 * Bound of the passes of all micro-batches through the stages of a pipeline, whatever is recomputed: the
 * busiest stage, and after most schedules the fill and drain of the others.
 *
 * @param seconds of one micro-batch
 */
export function pipelineBound(
  seconds: LayerSeconds,
  candidate: PipelineCandidate,
  numMicrobatches: number,
): PassBound {
  const {schedule, pipeline, virtualStages, stages} = candidate;
  const {overlapsForwardBackward: overlaps, fillsAndDrains} = factsOfSchedule(schedule);
  const part = overlaps ? 'withoutExpertSeconds' : 'totalSeconds';
  const chunks = stages.chunkKinds.map((chunk: ModelChunk) => chunkBound(seconds, chunk, part));
  let longest = 0;
  let shortest = Infinity;
  let leastCompute = Infinity;
  for (const {counts, share} of stages.classes) {
    let stage = 0;
    let compute = 0;
    for (const {chunkKind, count} of counts) {
      const chunk = chunks[chunkKind] as PassBound;
      stage += share * count * chunk.seconds;
      compute += share * count * chunk.computeSeconds;
    }
    longest = Math.max(longest, stage);
    shortest = Math.min(shortest, stage);
    leastCompute = Math.min(leastCompute, compute);
  }
  // Which stage is the busiest once passes overlap is not known here.
  const busiest = numMicrobatches * (overlaps ? shortest : longest);
  const computeSeconds = numMicrobatches * leastCompute;
  if (!fillsAndDrains || pipeline <= 2) return {seconds: busiest, computeSeconds};
  let middle = 0;
  for (const kind of stages.middle) middle = Math.max(middle, (chunks[kind] as PassBound).seconds);
  const throughMiddle = numMicrobatches * virtualStages * middle + (pipeline - 1) * middle;
  return {seconds: Math.max(busiest, throughMiddle), computeSeconds};
}
