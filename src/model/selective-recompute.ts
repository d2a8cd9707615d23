import type {Operator} from './operators.js';
import type {RecomputedBlock, RecomputedPart} from './saved-activation.js';
import type {Transformer} from './transformer.js';

/**
 * Parts that selective recomputation computes again: scores and softmax (Korthikanti et al. 2022, arXiv 2205.05198
 * sec. 5); with latent attention also norms, up-projections and activations, as DeepSeek-V3 was trained
 * (arXiv 2412.19437 sec. 3.2.3).
 */
export function selectiveParts(
  {attention}: Pick<Transformer, 'attention'>,
  remade: 'attention' | 'alternate-products',
): readonly RecomputedPart[] {
  if (remade === 'alternate-products') return ['norm', 'activation', 'alternate-product'];
  return attention.kind === 'latent'
    ? ['attention-core', 'norm', 'up-projection', 'activation']
    : ['attention-core'];
}

/** The block whose recomputation runs `operator` again; null: only that of the whole layer does. */
function blockOf(operator: Operator): RecomputedBlock | null {
  if (operator.kind === 'router' || operator.kind === 'experts') return 'experts';
  return operator.kind === 'gemm' || operator.kind === 'elementwise' ? (operator.block ?? null) : null;
}

/** Share of the forward work of `operator` that runs again where `parts` are recomputed. */
export function repeatedShare(operator: Operator, parts: readonly RecomputedPart[]): number {
  const block = blockOf(operator);
  if (block !== null && parts.includes(block)) return 1;
  const remade = partOf(operator);
  return remade !== null && parts.includes(remade.part) ? remade.share : 0;
}

/** A part that selective recomputation computes again, and the share of the operator's work that this takes. */
export interface RemadePart {
  readonly part: RecomputedPart;
  readonly share: number;
}

/** The part that running `operator` again restores; null for one that is never recomputed by itself. */
export function partOf(operator: Operator): RemadePart | null {
  switch (operator.kind) {
    case 'attention':
      return {part: 'attention-core', share: 1};
    case 'norm':
      return {part: 'norm', share: 1};
    case 'gemm':
      return productPart(operator);
    case 'elementwise':
      return operator.name === 'activation' ? {part: 'activation', share: 1} : null;
    default:
      return null;
  }
}

/** Every second product of a layer is recomputed: of query, key, value, output, gate, up and down the key, the output and the up projection. */
function productPart({name, alternateShare}: Extract<Operator, {kind: 'gemm'}>): RemadePart | null {
  if (name === 'query-up' || name === 'key-value-up') return {part: 'up-projection', share: 1};
  return alternateShare === 0 ? null : {part: 'alternate-product', share: alternateShare};
}
