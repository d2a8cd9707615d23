import type {Operator} from './operators.js';
import type {RecomputedPart} from './saved-activation.js';
import type {Transformer} from './transformer.js';

/**
 * What selective recomputation makes anew: scores and softmax (Korthikanti et al. 2022, arXiv 2205.05198
 * sec. 5); with latent attention also norms, up-projections and activations, as DeepSeek-V3 was trained
 * (arXiv 2412.19437 sec. 3.2.3).
 */
export function selectiveParts({attention}: Pick<Transformer, 'attention'>): readonly RecomputedPart[] {
  return attention.kind === 'latent'
    ? ['attention-core', 'norm', 'up-projection', 'activation']
    : ['attention-core'];
}

/** The part that running `operator` again makes anew; null for one that is never remade by itself. */
export function partOf(operator: Operator): RecomputedPart | null {
  switch (operator.kind) {
    case 'attention':
      return 'attention-core';
    case 'norm':
      return 'norm';
    case 'gemm':
      return operator.name === 'query-up' || operator.name === 'key-value-up' ? 'up-projection' : null;
    case 'elementwise':
      return operator.name === 'activation' ? 'activation' : null;
    default:
      return null;
  }
}
