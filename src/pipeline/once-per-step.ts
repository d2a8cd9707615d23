import {type DataParallelTimes, dataParallelTimes} from '../cost/data-parallel.js';
import {passTerm} from '../cost/layers/pass-times.js';
import {offloadedActivationSeconds} from '../cost/offload.js';
import type {Layout} from '../layout/layout.js';
import {activationsAreOffloaded} from '../layout/layout.js';
import type {LayoutCosts} from './layout-costs.js';
import type {ClassPasses} from './passes.js';
import type {StageUpdate} from './stages/stage-update.js';

/** Seconds besides the passes of micro-batches; the slowest stage of each part counts. */
export interface PerStepTimes extends DataParallelTimes {
  readonly optimizer: number;
  /** For one micro-batch. */
  readonly activationOffload: number;
}

/** Passes of a stage that transfers can hide behind. */
export type OverlapBudget = Pick<ClassPasses, 'forwardSeconds' | 'backwardSeconds' | 'times'>;

/** What `perStepTimes` reads of an estimate. */
export interface PerStepInput
  extends Pick<
    LayoutCosts,
    'cluster' | 'updates' | 'activations' | 'numMicrobatches' | 'microbatchesInTurn'
  > {
  readonly passes: {readonly classes: readonly OverlapBudget[]};
  readonly layout: Pick<Layout, 'sharding' | 'offload'>;
}

/** What the stages of a layout do once a step. */
export function perStepTimes(context: PerStepInput): PerStepTimes {
  const {cluster, layout, passes, updates, numMicrobatches, microbatchesInTurn} = context;
  const offloaded = activationsAreOffloaded(layout);
  let gradientReduction = 0;
  let parameterGather = 0;
  let optimizer = 0;
  let activationOffload = 0;
  for (let index = 0; index < updates.length; index += 1) {
    const {forwardSeconds, backwardSeconds, times: pass} = passes.classes[index] as OverlapBudget;
    const update = updates[index] as StageUpdate;
    const times = dataParallelTimes(cluster, layout.sharding, update, {
      // While a device waits for its host, so do the transfers that it launches.
      forwardSeconds: forwardSeconds - pass[passTerm.launchForward],
      backwardSeconds: backwardSeconds - pass[passTerm.launchBackward],
      numMicrobatches,
      microbatchesInTurn,
    });
    gradientReduction = Math.max(gradientReduction, times.gradientReduction);
    parameterGather = Math.max(parameterGather, times.parameterGather);
    optimizer = Math.max(optimizer, update.optimizer);
    if (!offloaded) continue;
    const saved = context.activations[index]?.layersPerPass ?? 0;
    activationOffload = Math.max(
      activationOffload,
      offloadedActivationSeconds(cluster, saved, {forwardSeconds, backwardSeconds}),
    );
  }
  return {gradientReduction, parameterGather, optimizer, activationOffload};
}
