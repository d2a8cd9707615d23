import type {Experts, LatentAttention} from '../../model/transformer.js';
import type {ConfigFields} from './config-fields.js';
import {type Family, fullSpan} from './family.js';
import {llamaShape} from './llama.js';
import {chosenExperts} from './mixture.js';

/**
 * DeepSeek-V2 and V3: latent attention, shared experts, dense layers first; V3 adds a bias to the
 * router and a layer of multi-token prediction.
 *
 * transformers, models/deepseek_v3/configuration_deepseek_v3.py.
 */
export const deepSeekV2: Family = config => ({
  ...llamaShape(config),
  attention: latentAttention(config),
  experts: config.has('n_routed_experts') ? experts(config, false) : null,
});

export const deepSeekV3: Family = config => ({
  ...llamaShape(config),
  attention: latentAttention(config),
  experts: config.has('n_routed_experts') ? experts(config, true) : null,
  multiTokenPrediction: config.countOr('num_nextn_predict_layers', 0),
});

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

function experts(config: ConfigFields, routerBias: boolean): Experts {
  const expertHiddenSize = config.count('moe_intermediate_size');
  return {
    ...chosenExperts(config, 'n_routed_experts'),
    expertHiddenSize,
    sharedHiddenSize: config.countOr('n_shared_experts', 0) * expertHiddenSize,
    numDenseLayers: config.countOr('first_k_dense_replace', 0),
    everyLayers: Math.max(1, config.countOr('moe_layer_freq', 1)),
    routerBias,
    expertBias: false,
    ...chosenGroups(config),
  };
}

/** Groups of experts where a token may choose from some of them only. */
function chosenGroups(config: ConfigFields): Pick<Experts, 'groups'> {
  const count = config.countOr('n_group', 1);
  const chosen = config.countOr('topk_group', count);
  return chosen >= 1 && chosen < count ? {groups: {count, chosen}} : {};
}
