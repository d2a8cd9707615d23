import {type DataParallelChoice, type DataParallelTimes, dataParallelTimes} from '../cost/data-parallel.js';
import {offloadedActivationSeconds} from '../cost/offload.js';
import type {Layout} from '../layout/layout.js';
import {activationsAreOffloaded} from '../layout/layout.js';
import type {LayoutCosts} from './layout-costs.js';
import type {OverlapRoom} from './passes.js';
import type {StageUpdate} from './stages/stage-update.js';

/** Seconds besides the passes of micro-batches; the slowest stage of each part counts. */
export interface PerStepTimes extends DataParallelTimes {
  readonly optimizer: number;
  /** For one micro-batch. */
  readonly activationOffload: number;
}

/** What `perStepTimes` reads of an estimate. */
export interface PerStepInput
  extends Pick<
    LayoutCosts,
    'cluster' | 'updates' | 'activations' | 'numMicrobatches' | 'microbatchesInTurn'
  > {
  readonly passes: {readonly room: OverlapRoom};
  readonly layout: DataParallelChoice & Pick<Layout, 'offload'>;
}

/** What the stages of a layout do once a step. */
export function perStepTimes(context: PerStepInput): PerStepTimes {
  const {cluster, layout, passes, updates, numMicrobatches, microbatchesInTurn} = context;
  const offloaded = activationsAreOffloaded(layout);
  const {forwardSeconds, backwardSeconds, onceForwardSeconds, onceBackwardSeconds} = passes.room;
  const {fillSeconds, drainSeconds, firstStages, isPipelined} = passes.room;
  let gradientReduction = 0;
  let parameterGather = 0;
  let optimizer = 0;
  let activationOffload = 0;
  for (let index = 0; index < updates.length; index += 1) {
    const update = updates[index] as StageUpdate;
    const stage = firstStages[index] as number;
    const times = dataParallelTimes(cluster, layout, update, {
      forwardSeconds,
      backwardSeconds,
      onceForwardSeconds,
      onceBackwardSeconds,
      numMicrobatches,
      microbatchesInTurn,
      chunks: update.chunks,
      isPipelined,
      fillSeconds: stage === 0 ? 0 : stage * fillSeconds,
      drainSeconds: stage === 0 ? 0 : stage * drainSeconds,
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
