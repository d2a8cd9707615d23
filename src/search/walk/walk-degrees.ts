import type {DegreesSpace} from '../space/degrees-space.js';
import type {PipelineCandidate} from '../space/pipeline-candidates.js';
import {type LayerRun, layerBound, layerRuns, leastRiskFactor, pipelineBound, stepBound} from './bounds.js';
import type {Collector} from './collector.js';
import type {OomLayout} from './oom-layouts.js';
import {riskFactor, type SearchContext} from './search-context.js';
import {degreesStates} from './state-tables.js';
import type {DegreesWalk, MicroBatchWalk} from './walk.js';
import {closer, recordOom} from './walk-oom.js';
import {walkPipeline} from './walk-pipeline.js';

/** Visits every layout of one combination of degrees: one by one, or many at once where a bound holds for all of them. */
export function walkDegrees(context: SearchContext, space: DegreesSpace, collector: Collector): void {
  const states = degreesStates(context.tables, space);
  const walk: DegreesWalk = {context, space, collector, states, ranks: new Map()};
  for (const run of layerRuns(context, space)) {
    if (!collector.isPruned(layerBound(context, space, run), leastRiskFactor(context, space))) {
      walkMicroBatches(walk, run);
    } else collector.counts.excludedByBound += space.sizeOfLayer;
  }
}

/**
 * Multiples of a micro-batch that fits nowhere do not fit either: they save proportionally more activations
 * and open no other schedule.
 */
function walkMicroBatches(walk: DegreesWalk, run: LayerRun): void {
  const {space} = walk;
  const tooLarge: {readonly microBatch: number; readonly closest: OomLayout}[] = [];
  for (const microBatch of space.microBatches) {
    const smaller = tooLarge.find(known => microBatch % known.microBatch === 0);
    if (smaller !== undefined) {
      const count = space.numStates * numRecomputes(space.candidates(microBatch));
      recordOom(walk, smaller.closest, count);
      continue;
    }
    const closest = walkMicroBatch(walk, run, microBatch);
    if (closest !== null) tooLarge.push({microBatch, closest});
  }
}

function numRecomputes(candidates: readonly PipelineCandidate[]): number {
  return candidates.reduce((sum, {recomputes}) => sum + recomputes.length, 0);
}

/** @returns the layout that comes closest to fitting, where all are out of memory */
function walkMicroBatch(
  degrees: DegreesWalk,
  {layer, table, boundEntry}: LayerRun,
  microBatch: number,
): OomLayout | null {
  const {context, space, collector} = degrees;
  const factor = riskFactor(context, space.degrees, microBatch);
  const numMicrobatches = space.numMicrobatches(microBatch);
  const candidates = space.candidates(microBatch);
  const share = microBatch / context.boundMicroBatch;
  const {stepOverhead} = context.tables.cluster.software;
  const open = candidates.filter(candidate => {
    const {seconds, computeSeconds} = pipelineBound(boundEntry.seconds(), candidate, numMicrobatches);
    const passes = {seconds: share * seconds, computeSeconds: share * computeSeconds};
    return !collector.isPruned(stepBound(passes, stepOverhead, 0), factor);
  });
  collector.counts.excludedByBound += space.numStates * (numRecomputes(candidates) - numRecomputes(open));
  if (open.length === 0) return null;
  const entry = table(microBatch);
  const walk: MicroBatchWalk = {degrees, layer, microBatch, entry, numMicrobatches, riskFactor: factor};
  let allOom = open.length === candidates.length;
  let closest: OomLayout | null = null;
  for (const candidate of open) {
    const oom = walkPipeline(walk, candidate);
    if (oom === null) allOom = false;
    else closest = closer(closest, oom);
  }
  return allOom ? closest : null;
}
