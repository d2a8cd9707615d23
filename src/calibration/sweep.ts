import type {Measurement} from './measurement.js';

/** Ids are `<source>-<number>`. */
export function sourceOf(id: string): string {
  return id.replace(/-\d+$/, '');
}

/**
 * Rows of one sweep vary the layout of one job and share their errors: source, hardware, model, devices,
 * global batch, sequence length and precision are the same. Equal keys, same sweep.
 */
export function sweepOf({id, hardware, numDevices, model, training}: Measurement): string {
  const {globalBatch, sequenceLength, precision} = training;
  return [sourceOf(id), hardware, model.name, numDevices, globalBatch, sequenceLength, precision].join(' | ');
}
