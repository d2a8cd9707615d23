import type {Experts, LatentAttention} from '../../model/transformer.js';
import {type ArchitectureReader, decoderShape, fullSpan, groupedAttention} from './architecture.js';
import type {ConfigFields} from './config-fields.js';
import {chosenGroups, routedExperts} from './experts.js';

/** DeepSeek and those that route as it does: shared experts, dense layers first. Classes of the same name in transformers. */

/** DeepSeekMoE 16B: ordinary attention. */
export const deepSeek: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: groupedAttention(config),
  experts: deepSeekExperts(config),
});

/** Latent attention. */
export const deepSeekV2: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: latentAttention(config),
  experts: deepSeekExperts(config),
});

/** A bias of the router that balances its experts, and a layer of multi-token prediction. */
export const deepSeekV3: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: latentAttention(config),
  experts: deepSeekExperts(config, {routerBias: true}),
  multiTokenPrediction: config.countOr('num_nextn_predict_layers', 0),
});

/** Latent attention without experts; the class derives the size of a value head. */
export const miniCpm3: ArchitectureReader = config => {
  const valueHead = Math.floor(config.countOr('hidden_size', 1) / config.countOr('num_attention_heads', 1));
  return {
    ...decoderShape(config, {tiedByDefault: true}),
    attention: latentAttention(config.withDefaults({v_head_dim: valueHead})),
  };
};

/** GLM-4.5 and 4.6: ordinary attention, biases on queries, keys and values. */
export const glm4Moe: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: groupedAttention(config, {
    biases: {queryKeyValue: config.flagOr('attention_bias', false), output: false},
    queryKeyNorm: config.flagOr('use_qk_norm', false),
  }),
  experts: deepSeekExperts(config, {routerBias: true}),
  multiTokenPrediction: config.countOr('num_nextn_predict_layers', 0),
});

/** dots.llm1: ordinary attention with a norm over each head. */
export const dots1: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: groupedAttention(config, {queryKeyNorm: true}),
  experts: deepSeekExperts(config, {routerBias: true}),
});

/** Ling 2: ordinary attention with a norm over each head, other names of the experts. */
export const bailingMoeV2: ArchitectureReader = config => {
  const bias = config.flagOr('use_bias', false);
  return {
    ...decoderShape(config),
    attention: groupedAttention(config, {
      biases: {queryKeyValue: config.flagOr('use_qkv_bias', false), output: bias},
      queryKeyNorm: config.flagOr('use_qk_norm', true),
    }),
    experts: deepSeekExperts(
      config.renamed({n_routed_experts: 'num_experts', n_shared_experts: 'num_shared_experts'}),
      {routerBias: config.flagOr('moe_router_enable_expert_bias', false)},
    ),
    multiTokenPrediction: config.countOr('num_nextn_predict_layers', 0),
  };
};

function latentAttention(config: ConfigFields): LatentAttention {
  return {
    kind: 'latent',
    numHeads: config.count('num_attention_heads'),
    queryRank: config.maybeCount('q_lora_rank'),
    keyValueRank: config.count('kv_lora_rank'),
    nopeHeadSize: config.count('qk_nope_head_dim'),
    ropeHeadSize: config.count('qk_rope_head_dim'),
    valueHeadSize: config.count('v_head_dim'),
    span: fullSpan,
  };
}

function deepSeekExperts(config: ConfigFields, traits: Partial<Experts> = {}): Experts | null {
  if (!config.has('n_routed_experts')) return null;
  return routedExperts(
    config,
    {count: 'n_routed_experts'},
    {
      sharedHiddenSize: config.countOr('n_shared_experts', 0) * config.countOr('moe_intermediate_size', 0),
      numDenseLayers: config.countOr('first_k_dense_replace', 0),
      everyLayers: Math.max(1, config.countOr('moe_layer_freq', 1)),
      ...chosenGroups(config),
      ...traits,
    },
  );
}
