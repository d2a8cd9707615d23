import {passTerm} from '../cost/layers/pass-times.js';
import type {MemoryEstimate} from '../cost/memory/memory.js';
import {type StepParts, stepSeconds} from '../cost/step.js';
import {numMicrobatches} from '../layout/constraints.js';
import type {Layout} from '../layout/layout.js';
import {factsOfSchedule} from '../layout/schedules.js';
import type {Seconds} from '../units/quantities.js';
import {layoutCosts} from './layout-costs.js';
import {memoryOf} from './layout-memory.js';
import {busiestClass} from './passes.js';
import {type PipelineChunks, pipelineChunks} from './pipeline-chunks.js';
import {passParts, stepParts} from './step-parts.js';
import {StepTables, type TablesSubject} from './tables/step-tables.js';
import {type Extrapolation, extrapolations} from './uncertainty/extrapolation.js';

/** One training step of one layout on one cluster: how long, made of what, in how much memory. */
export interface StepEstimate {
  /** The sum of the parts. */
  readonly seconds: Seconds;
  readonly parts: StepParts;
  readonly memory: MemoryEstimate;
  /** Micro-batches that each data rank runs. */
  readonly numMicrobatches: number;
  /** In what it is unlike the runs that its stack was fitted to. */
  readonly extrapolated: readonly Extrapolation[];
}

/** Subject of an estimate. The layout holds its invariants: see `layoutProblems`. */
export interface StepSubject extends TablesSubject {
  readonly layout: Layout;
}

/** Estimates one step by closed forms. */
export function estimateStep({layout, ...subject}: StepSubject): StepEstimate {
  return makeEstimator(subject).step(layout);
}

/** Estimator of the layouts of a plan. */
export function makeEstimator(subject: TablesSubject): Estimator {
  return new Estimator(new StepTables(subject));
}

/** Estimates many layouts of one model on one cluster; what they share is computed once. */
export class Estimator {
  constructor(private readonly tables: StepTables) {}

  step(layout: Layout): StepEstimate {
    const {model, cluster, training} = this.tables;
    const costs = layoutCosts(this.tables, layout);
    const parts = stepParts(costs, passParts(cluster.software, costs));
    return {
      seconds: stepSeconds(parts),
      parts,
      memory: memoryOf(costs),
      numMicrobatches: costs.numMicrobatches,
      extrapolated: extrapolations({model, cluster, training, layout}),
    };
  }

  /**
   * Lower bound of the step, at little cost: all micro-batches on the busiest stage. Only schedules that
   * overlap forward and backward passes hide its all-to-alls.
   */
  boundSeconds(layout: Layout): Seconds {
    const {chunks} = this.tables.layer(layout, layout)(layout.microBatch);
    const passes = chunks.passes(this.tables.stages(layout), layout.recompute);
    const {times, seconds} = busiestClass(passes.classes);
    const {overlapsForwardBackward} = factsOfSchedule(layout.schedule);
    const hidden = overlapsForwardBackward
      ? times[passTerm.expertForward] + times[passTerm.expertBackward]
      : 0;
    return (numMicrobatches(layout, this.tables.training) * (seconds - hidden)) as Seconds;
  }

  /** The passes of a step, for a simulation by events. */
  chunks(layout: Layout): PipelineChunks {
    return pipelineChunks(layoutCosts(this.tables, layout));
  }
}
