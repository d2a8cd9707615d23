import type {Accelerator} from '../../cluster/accelerator.js';
import {modelFlopPerToken} from '../../model/flop.js';
import type {Measurement} from '../rows/measurement.js';
import {modelTraffic} from './traffic.js';

/** What one device has to do in one step, as one knows it without a simulation. Seconds at the data sheet's rates. */
export interface StepWork {
  /** Model FLOP, without recomputation, over peak. */
  readonly computeSeconds: number;
  /** Operands and results of every operator over the memory bandwidth. */
  readonly trafficSeconds: number;
}

/** Operands of matrix products in 16 bits, whatever the products are computed in. */
const bytesPerValue = 2;

/** @throws Error where the device has no mode for the precision: nothing was predicted for such a run */
export function stepWork(
  {model, training, layout, numDevices}: Measurement,
  accelerator: Pick<Accelerator, 'peak' | 'memoryBandwidth'>,
): StepWork {
  const peak = accelerator.peak[training.precision];
  if (peak === undefined) throw new Error(`no peak in ${training.precision}`);
  const {sequenceLength, globalBatch} = training;
  const tokens = sequenceLength * globalBatch;
  const {perToken, perMicrobatch} = modelTraffic(model);
  const microbatches = globalBatch / layout.microBatch;
  const values = tokens * perToken + microbatches * layout.context * perMicrobatch;
  return {
    computeSeconds: (modelFlopPerToken(model, sequenceLength, 'full') * tokens) / numDevices / peak,
    trafficSeconds: (values * bytesPerValue) / numDevices / accelerator.memoryBandwidth,
  };
}
