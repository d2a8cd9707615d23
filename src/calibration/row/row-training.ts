import {precisions} from '../../cluster/accelerator.js';
import type {AttentionKernel} from '../../frameworks/stack.js';
import type {Training} from '../../layout/training.js';
import type {MeasurementRow} from '../measurement.js';
import {need} from './cells.js';

/** What a step trains on, and in which precision. */
export function trainingOf(row: MeasurementRow): Training {
  const sequenceLength = need(row, 'seq_len');
  const globalBatch = need(row, 'global_batch');
  return {
    tokens: sequenceLength * globalBatch,
    sequenceLength,
    globalBatch,
    precision: precisions.find(precision => precision === row.precision) ?? 'bf16',
    optimizer: 'adam',
    attentionKernel: attentionKernelOf(row),
    gradientBytes: null,
    expertImbalance: 1,
  };
}

/** Frameworks whose flash kernel is that of the device's generation: their stacks say so. */
const generationsOwn = /nemo|megatron-(core|bridge)|maxtext|jax|primus/i;

function attentionKernelOf(row: MeasurementRow): AttentionKernel | null {
  switch (row.attention_kernel ?? '') {
    case 'unfused':
    case 'fused-softmax':
    case 'flash1':
    case 'flash2':
    case 'flash3':
      return row.attention_kernel as AttentionKernel;
    default:
      if (row.flash_attention === '0') return 'fused-softmax';
      return row.flash_attention === '1' && !generationsOwn.test(row.framework ?? '') ? 'flash2' : null;
  }
}
