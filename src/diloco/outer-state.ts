import type {Diloco} from '../plan/plan.js';

/** Weights before the round and Nesterov momentum, in 32 bits each. Douillard et al. 2025 (arXiv 2501.18512) sec. 3.3. */
export const outerStateBytesPerParameter = 8;

/**
 * Bytes of outer state that a device holds for each of its parameters: all of it, or that of one fragment
 * while the others wait in the host's memory.
 */
export function outerStateOnDevice({fragments}: Pick<Diloco, 'fragments'>): number {
  return outerStateBytesPerParameter / fragments;
}
