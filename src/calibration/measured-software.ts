import type {Fusions, SoftwareStack} from '../frameworks/stack.js';
import type {Measurement} from './rows/measurement.js';

/**
 * A compiler fuses every chain of element-wise operators in the layers; the optimizer is not part of what is
 * compiled, and the loss not everywhere (torchtitan compiles each block by itself).
 */
const compiledFusions: Partial<Fusions> = {
  norm: true,
  activation: true,
  residual: true,
  rotary: true,
};

/** The stack with the kernels that a measured row states. */
export function withMeasuredKernels(
  software: SoftwareStack,
  {fusedNorm, compiled, compiledLoss}: Measurement['kernels'],
): SoftwareStack {
  if (fusedNorm === null && compiled !== true) return software;
  return {
    ...software,
    fused: {
      ...software.fused,
      ...(fusedNorm === null ? {} : {norm: fusedNorm}),
      ...(compiled === true ? compiledFusions : {}),
      ...(compiledLoss === true ? {crossEntropy: true} : {}),
    },
  };
}
