import {stateBytes} from '../cost/memory/model-states.js';
import {outerStateBytesPerParameter} from '../diloco/outer-state.js';
import {countParameters} from '../model/parameters.js';
import {numDevicesOf, type Plan} from '../plan/plan.js';
import {type Bytes, type BytesPerSecond, bytesPerSecond, type Seconds} from '../units/quantities.js';

/** One checkpoint of a plan: how large, and how long it takes. */
export interface Checkpoint {
  /** Weights and optimizer state of the whole model, each once; with DiLoCo those of all replicas and the outer ones. */
  readonly bytes: Bytes;
  /** Training stands still. */
  readonly pauseSeconds: Seconds;
  /** Time until all of it is in storage; not longer than the pause where writing blocks. */
  readonly writeSeconds: Seconds;
  readonly bandwidth: BytesPerSecond;
  /** Neither plan nor profile states the bandwidth. */
  readonly bandwidthAssumed: boolean;
}

/**
 * Bandwidth of a node to storage where it is not specified: the 2 TB/s that Meta's file system sustains, over the
 * 2,048 nodes of a Llama 3 run (arXiv 2407.21783 sec. 3.3.1, recalled).
 */
const usualBandwidthOfNode = 1e9;

/** Every device writes its share, as distributed checkpoints do, so that equal copies are written once. */
export function checkpointOf(plan: Plan): Checkpoint {
  const {model, cluster, training, operation, diloco} = plan;
  const {mode, bandwidth: stated} = operation.checkpoint;
  const {weight, optimizer} = stateBytes(training, cluster.software);
  const parameters = countParameters(model).total;
  const bytes =
    parameters *
    (diloco === null
      ? weight + optimizer
      : diloco.replicas * (weight + optimizer) + outerStateBytesPerParameter);
  const nodes = Math.ceil(numDevicesOf(plan) / cluster.devicesPerNode);
  const bandwidth = stated ?? bytesPerSecond(usualBandwidthOfNode * nodes);
  const write = bytes / bandwidth;
  const copy = bytes / numDevicesOf(plan) / cluster.host.linkBandwidth;
  return {
    bytes: bytes as Bytes,
    pauseSeconds: (mode === 'blocking' ? write : Math.min(copy, write)) as Seconds,
    writeSeconds: write as Seconds,
    bandwidth,
    bandwidthAssumed: stated === null,
  };
}
