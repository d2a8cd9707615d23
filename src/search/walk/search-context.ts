import {usableBytes} from '../../cost/memory/memory.js';
import {type Layout, scheduleNames} from '../../layout/layout.js';
import {factsOfSchedule} from '../../layout/schedules.js';
import type {StepTables} from '../../pipeline/tables/step-tables.js';
import {extrapolations} from '../../pipeline/uncertainty/extrapolation.js';
import {stepBand} from '../../pipeline/uncertainty/step-band.js';
import type {Plan} from '../../plan/plan.js';
import type {Risk} from '../../units/band.js';
import type {Seconds} from '../../units/quantities.js';
import type {Degrees} from '../space/degrees.js';

/** Constants of one search over the layouts of a plan. */
export interface SearchContext {
  readonly tables: StepTables;
  readonly risk: Risk;
  readonly usableBytes: number;
  /** Common multiple of every micro-batch of the space; bounds them all. */
  readonly boundMicroBatch: number;
  /** Whether a schedule of the space overlaps forward and backward passes, which hides all-to-alls. */
  readonly overlapsForwardBackward: boolean;
  /** What the plan pins of recomputation: modules change what a layer costs. */
  readonly pinned: Partial<Pick<Layout, 'recompute'>>;
}

/** Constants of a search of `plan` at `risk`. */
export function searchContext(plan: Plan, risk: Risk, tables: StepTables): SearchContext {
  const {pins, cluster, training} = plan;
  const {supports} = cluster.software;
  const schedules =
    pins.schedule === undefined
      ? scheduleNames.filter(name => supports.schedules.includes(name))
      : [pins.schedule];
  return {
    tables,
    risk,
    usableBytes: usableBytes(cluster),
    boundMicroBatch: multipleOf(training.globalBatch),
    overlapsForwardBackward: schedules.some(name => factsOfSchedule(name).overlapsForwardBackward),
    pinned: pins.recompute === undefined ? {} : {recompute: pins.recompute},
  };
}

/**
 * A multiple of the batch, and so of every micro-batch. It is the same for most batches, so that plans that
 * share tables share the costs of this micro-batch too.
 */
function multipleOf(globalBatch: number): number {
  const roundBatch = 2 ** 15 * 3 ** 2 * 5 * 7;
  return roundBatch % globalBatch === 0 ? roundBatch : roundBatch * globalBatch;
}

/** Seconds that a step is ranked by, over its estimate. */
export function riskFactor({tables, risk}: SearchContext, degrees: Degrees, microBatch: number): number {
  if (risk === 'p50') return 1;
  const {model, cluster, training} = tables;
  const extrapolated = extrapolations({model, cluster, training, layout: {...degrees, microBatch}});
  return stepBand({seconds: 1 as Seconds, extrapolated}, cluster.software).p90;
}
