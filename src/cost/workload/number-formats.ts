import type {Precision} from '../../cluster/accelerator.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import type {StoredBytes} from '../../model/saved-activation.js';
import type {Training} from '../../plan/training.js';

/** Formats that keep activations in 32 bits; all others keep them in 16. */
export function activationBytesOf(precision: Precision): 2 | 4 {
  return precision === 'fp32' || precision === 'tf32' ? 4 : 2;
}

/**
 * Bytes of an accumulated gradient. Loss scaling in fp16 keeps gradients small numbers, and frameworks that
 * accumulate those of bf16 in 32 bits keep them in 16.
 */
export function keptGradientBytes(
  {precision, gradientBytes}: Pick<Training, 'precision' | 'gradientBytes'>,
  software: Pick<SoftwareStack, 'gradientBytes' | 'fp16GradientBytes'>,
): 2 | 4 {
  return gradientBytes ?? (precision === 'fp16' ? software.fp16GradientBytes : software.gradientBytes);
}

/** What a value takes while it waits for the backward pass. @param activationBytes of an activation at work */
export function storedBytesOf(
  precision: Precision,
  activationBytes: 2 | 4,
  {memory}: Pick<SoftwareStack, 'memory'>,
): StoredBytes {
  const value = activationBytes;
  if (!narrow.has(precision)) {
    return {value, 'product-input': value, 'attention-output': value, 'activation-input': value};
  }
  const {productInput, attentionOutput, activationInput} = memory.narrowBytes;
  return {
    value,
    'product-input': productInput,
    'attention-output': attentionOutput,
    'activation-input': activationInput,
  };
}

/** Formats in which products take their operands in 8 bits or fewer. */
const narrow: ReadonlySet<Precision> = new Set(['fp8', 'mxfp8', 'nvfp4', 'int8']);
