import type {SelectiveRecompute} from '../../frameworks/stack.js';
import {type Layout, modulesOf, type RecomputeModule} from '../../layout/layout.js';
import type {RecomputedPart} from '../../model/saved-activation.js';
import {selectiveParts} from '../../model/selective-recompute.js';
import type {Transformer} from '../../model/transformer.js';

/** What each of Megatron-Core's modules runs again. Megatron-LM d98e8a6, megatron/core/transformer/transformer_config.py:579. */
export const partsOfModule: Readonly<Record<RecomputeModule, readonly RecomputedPart[]>> = {
  core_attn: ['attention-core'],
  layernorm: ['norm'],
  mla_up_proj: ['up-projection'],
  moe_act: ['expert-activation'],
  mlp: ['mlp'],
  moe: ['experts', 'shared-experts'],
  shared_experts: ['shared-experts'],
};

/**
 * Parts of a layer that selective recomputation repeats: those of the stated modules, or those that the
 * framework chooses. A policy over operators that keeps every other product keeps none of the grouped
 * products of experts, but what their all-to-alls bring (torchtitan, distributed/activation_checkpoint.py).
 */
export function recomputedParts(
  model: Transformer,
  selective: SelectiveRecompute,
  {recompute = 'none', expert}: Partial<Pick<Layout, 'recompute'>> & Pick<Layout, 'expert'>,
): readonly RecomputedPart[] {
  const modules = modulesOf(recompute);
  if (modules !== null) return [...new Set(modules.flatMap(module => partsOfModule[module]))];
  const parts = selectiveParts(model, selective);
  if (selective === 'attention' || model.experts === null) return parts;
  return [...parts, 'experts', ...(expert > 1 ? (['exchanged-experts'] as const) : [])];
}
