import {type DataParallelTimes, dataParallelTimes, dataParallelTransfers} from '../cost/data-parallel.js';
import {activationsAreOffloaded, optimizerIsOffloaded, stateBytes} from '../cost/memory/model-states.js';
import {offloadedActivationSeconds} from '../cost/offload.js';
import {offloadedOptimizerSeconds, optimizerSeconds} from '../cost/optimizer.js';
import type {DeviceParameters} from '../cost/stage-parameters.js';
import type {EstimateContext} from './estimate-context.js';

/** Seconds besides the passes of micro-batches; the slowest stage of each part counts. */
export interface StepWork extends DataParallelTimes {
  readonly optimizer: number;
  /** For one micro-batch. */
  readonly activationOffload: number;
}

/** What the stages of a layout do once a step. */
export function oncePerStep(context: EstimateContext): StepWork {
  let gradientReduction = 0;
  let parameterGather = 0;
  let optimizer = 0;
  let activationOffload = 0;
  context.passes.classes.forEach((_, index) => {
    const stage = workOfStage(context, index);
    gradientReduction = Math.max(gradientReduction, stage.gradientReduction);
    parameterGather = Math.max(parameterGather, stage.parameterGather);
    optimizer = Math.max(optimizer, stage.optimizer);
    activationOffload = Math.max(activationOffload, stage.activationOffload);
  });
  return {gradientReduction, parameterGather, optimizer, activationOffload};
}

function workOfStage(context: EstimateContext, index: number): StepWork {
  const {cluster, layout, groups, device, training} = context;
  const parameters = context.parameters[index] as DeviceParameters;
  const {forward = 0, backward = 0} = context.passes.classes[index] ?? {};
  const states = stateBytes(training, cluster.software);
  const sharded = layout.sharding !== 'none';
  const updated =
    parameters.dense / (sharded ? groups.shard.size : 1) +
    parameters.expert / (sharded ? groups.expertData.size : 1);
  const {sharding} = layout;
  const transfers = dataParallelTransfers(cluster, sharding, groups, parameters, device.activationBytes);
  const {gradientReduction, parameterGather} = dataParallelTimes(cluster, sharding, transfers, {
    forwardSeconds: forward,
    backwardSeconds: backward,
    numMicrobatches: context.numMicrobatches,
  });
  return {
    gradientReduction,
    parameterGather,
    optimizer: optimizerIsOffloaded(layout)
      ? offloadedOptimizerSeconds(cluster, updated, states)
      : optimizerSeconds(cluster, device, updated, states),
    activationOffload: activationsAreOffloaded(layout)
      ? offloadedActivationSeconds(cluster, context.activations[index]?.layersPerPass ?? 0, forward, backward)
      : 0,
  };
}
