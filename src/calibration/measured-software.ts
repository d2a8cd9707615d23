import type {Fusions, SoftwareStack} from '../cluster/software-stack.js';
import type {Measurement} from './measurement.js';

/**
 * A compiler fuses every chain of element-wise operators in the layers; loss and optimizer are not part of
 * what is compiled (torchtitan of December 2024 compiles each block by itself).
 */
const compiledFusions: Partial<Fusions> = {
  norm: true,
  activation: true,
  residual: true,
  rotary: true,
};

/** The stack with the kernels that a measured row says it ran. */
export function withMeasuredKernels(
  software: SoftwareStack,
  {fusedNorm, compiled}: Measurement['kernels'],
): SoftwareStack {
  if (fusedNorm === null && compiled !== true) return software;
  return {
    ...software,
    fused: {
      ...software.fused,
      ...(fusedNorm === null ? {} : {norm: fusedNorm}),
      ...(compiled === true ? compiledFusions : {}),
    },
  };
}
