import type {MemoryEstimate} from '../cost/memory/memory.js';
import type {Bytes} from '../units/quantities.js';
import type {Measurement} from './rows/measurement.js';

/**
 * What a framework prints as the memory of a run.
 *
 * allocated: the peak of the step. update: the peak during the optimizer step on stage 0, because the peak
 * counter is reset after the backward pass. reserved: what the caching allocator holds.
 * device: what the device shows as taken, with context and communicators.
 */
export type ReportedMemory = 'allocated' | 'update' | 'reserved' | 'device';

/**
 * Frameworks that print something else than allocated bytes. torchtitan: `max_reserved_gib`
 * (torchtitan/components/metrics.py, recalled). nanotron: the counters of `create_table_log`, which the trainer
 * resets once gradients are there; its figures grow by states and lasting buffers alone. BigScience's "Mem"
 * exceeds tensors by the same gigabytes whatever the layout.
 */
const reportedBy: readonly {readonly framework: RegExp; readonly figure: ReportedMemory}[] = [
  {framework: /nanotron/i, figure: 'update'},
  {framework: /torchtitan/i, figure: 'reserved'},
  {framework: /megatron-deepspeed/i, figure: 'device'},
];

export function reportedMemory({framework}: Pick<Measurement, 'framework'>): ReportedMemory {
  return reportedBy.find(entry => entry.framework.test(framework))?.figure ?? 'allocated';
}

/** The figure of `memory` that a framework prints. */
export function figureOf(memory: MemoryEstimate, reported: ReportedMemory): Bytes {
  switch (reported) {
    case 'allocated':
      return memory.peakBytes;
    case 'update':
      return memory.stages[0]?.updateBytes ?? memory.peakBytes;
    case 'reserved':
      return memory.reservedBytes;
    case 'device':
      return (memory.reservedBytes + memory.outsideBytes) as Bytes;
  }
}
