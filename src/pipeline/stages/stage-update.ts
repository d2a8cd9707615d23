import type {Cluster} from '../../cluster/cluster.js';
import {
  type DataParallelChoice,
  type DataParallelTransfers,
  dataParallelTransfers,
} from '../../cost/data-parallel.js';
import type {Device} from '../../cost/kernels/device.js';
import {stateBytes} from '../../cost/memory/model-states.js';
import {offloadedOptimizerSeconds, optimizerSeconds} from '../../cost/optimizer.js';
import type {DataGroups} from '../../cost/workload/groups.js';
import type {DeviceParameters} from '../../cost/workload/stage-parameters.js';
import type {Layout} from '../../layout/layout.js';
import {optimizerIsOffloaded} from '../../layout/layout.js';
import type {Training} from '../../plan/training.js';

/** What one stage does with its gradients and states, seconds; nothing is hidden yet. */
export interface StageUpdate extends DataParallelTransfers {
  readonly optimizer: number;
  /** Chunks of the model on the stage. */
  readonly chunks: number;
}

/** Context of the update of a stage. */
export interface StageUpdateInput {
  readonly cluster: Cluster;
  readonly training: Training;
  readonly device: Device;
  readonly layout: DataParallelChoice & Pick<Layout, 'offload'>;
  readonly groups: DataGroups;
}

/** The update of a stage with `parameters`. */
export function stageUpdate(work: StageUpdateInput, parameters: DeviceParameters): StageUpdate {
  const {cluster, training, device, layout, groups} = work;
  const {sharding} = layout;
  const states = stateBytes(training, cluster.software);
  const sharded = sharding !== 'none';
  const updated =
    parameters.dense / (sharded ? groups.shard.size : 1) +
    parameters.expert / (sharded ? groups.expertData.size : 1);
  const transfers = dataParallelTransfers(cluster, layout, groups, parameters, device.activationBytes);
  return {
    reduce: transfers.reduce,
    reduceTail: transfers.reduceTail,
    gather: transfers.gather,
    gatherHead: transfers.gatherHead,
    chunks: parameters.chunks,
    optimizer: optimizerIsOffloaded(layout)
      ? offloadedOptimizerSeconds(cluster, updated, states)
      : optimizerSeconds(cluster, device, updated, states),
  };
}
