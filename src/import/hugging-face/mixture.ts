import type {AttentionSpan, Experts} from '../../model/transformer.js';
import {
  type ArchitectureReader,
  allBiases,
  decoderShape,
  fullSpan,
  groupedAttention,
  layerNorm,
  noBiases,
  rmsNorm,
  slidingSpan,
} from './architecture.js';
import type {ConfigFields} from './config-fields.js';
import {routedExperts} from './experts.js';
import {qwenSpan} from './llama.js';

/** Mixtures of experts on the frame of Llama. Classes of the same name in transformers. */

const localExperts = {count: 'num_local_experts', width: 'intermediate_size'} as const;

export const mixtral: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: groupedAttention(config, {biases: noBiases, span: slidingSpan(config, 0)}),
  experts: routedExperts(config, localExperts),
});

/** Phi-3.5-MoE: layer norms, biases on attention and on the logits. */
export const phiMoe: ArchitectureReader = config => ({
  ...decoderShape(config, {norm: layerNorm, headBias: config.flagOr('lm_head_bias', false)}),
  attention: groupedAttention(config, {span: slidingSpan(config, 0)}),
  experts: routedExperts(config, localExperts),
});

export const graniteMoe: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: groupedAttention(config),
  experts: routedExperts(config, localExperts),
});

/** A norm over all query and all key heads at once. */
export const olMoe: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: groupedAttention(config, {queryKeyNorm: 'whole'}),
  experts: routedExperts(config, {count: 'num_experts', width: 'intermediate_size'}),
});

/** MiniMax M2: a norm over all heads at once or over each, a bias of the router, layers of multi-token prediction. */
export const miniMaxM2: ArchitectureReader = config => {
  const whole = (config.maybeText('qk_norm_type') ?? 'per_layer') === 'per_layer';
  return {
    ...decoderShape(config),
    attention: groupedAttention(config, {
      queryKeyNorm: config.flagOr('use_qk_norm', true) && (whole ? 'whole' : true),
    }),
    experts: routedExperts(config, localExperts, {
      routerBias: config.flagOr('use_routing_bias', true),
      sharedHiddenSize: config.countOr('shared_intermediate_size', 0),
    }),
    multiTokenPrediction: config.flagOr('use_mtp', false)
      ? config.countOr('num_mtp_modules', 0) * config.countOr('mtp_transformer_layers', 1)
      : 0,
  };
};

/** MiniCPM 2B and its mixture of eight. */
export const miniCpm: ArchitectureReader = config => ({
  ...decoderShape(config, {tiedByDefault: true}),
  attention: groupedAttention(config),
  experts:
    config.countOr('num_experts', 0) > 0
      ? routedExperts(config, {count: 'num_experts', width: 'intermediate_size'})
      : null,
});

export const qwen2Moe: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: groupedAttention(config, {
    biases: {queryKeyValue: true, output: false},
    span: qwenSpan(config),
  }),
  experts: qwenExperts(config, {
    sharedHiddenSize: config.count('shared_expert_intermediate_size'),
    sharedGate: true,
  }),
});

export const qwen3Moe: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: groupedAttention(config, {queryKeyNorm: true, span: qwenSpan(config)}),
  experts: qwenExperts(config),
});

function qwenExperts(config: ConfigFields, traits: Partial<Experts> = {}): Experts {
  return routedExperts(
    config,
    {count: 'num_experts'},
    {
      numDenseLayers: leadingDenseLayers(config),
      everyLayers: Math.max(1, config.countOr('decoder_sparse_step', 1)),
      ...traits,
    },
  );
}

/** `mlp_only_layers` as a number of leading layers. */
function leadingDenseLayers(config: ConfigFields): number {
  const layers = config.list('mlp_only_layers');
  if (!layers.every((layer, index) => layer === index)) {
    const message = 'dense layers do not come first';
    config.report('mlp_only_layers', message, 'describe the model in a file of its own with dense_layers');
  }
  return layers.length;
}

/** Layers from `moe_layer_start_index` to the last hold experts. */
export const ernie45Moe: ArchitectureReader = config => {
  const bias = config.flagOr('use_bias', false);
  const numLayers = config.countOr('num_hidden_layers', 1);
  const last = config.has('moe_layer_end_index') ? config.countOr('moe_layer_end_index', 0) : numLayers - 1;
  if (last !== numLayers - 1) {
    const message = `${last} is not the last layer`;
    config.report('moe_layer_end_index', message, 'describe the nearest model in a file of its own');
  }
  return {
    ...decoderShape(config, {tiedByDefault: true, mlp: {bias}}),
    attention: groupedAttention(config, {biases: {queryKeyValue: bias, output: bias}}),
    experts: routedExperts(
      config,
      {count: 'moe_num_experts', topK: 'moe_k'},
      {
        sharedHiddenSize:
          config.countOr('moe_num_shared_experts', 0) * config.countOr('moe_intermediate_size', 0),
        numDenseLayers: config.countOr('moe_layer_start_index', 0),
        everyLayers: Math.max(1, config.countOr('moe_layer_interval', 1)),
        routerBias: true,
        expertBias: bias,
      },
    ),
  };
};

/** Numbers of experts stand in the file once for each layer. */
export const hunyuanMoe: ArchitectureReader = config => ({
  ...decoderShape(config, {tiedByDefault: true}),
  attention: groupedAttention(config.renamed({head_dim: 'attention_head_dim'}), {
    queryKeyNorm: config.flagOr('use_qk_norm', true),
  }),
  experts: routedExperts(
    config,
    {count: 'num_experts', topK: 'moe_topk'},
    {sharedHiddenSize: config.countOfEachLayer('num_shared_expert') * config.countOr('intermediate_size', 0)},
  ),
});

/** A dense residual block in parallel with the experts, after a norm of its own. */
export const arctic: ArchitectureReader = config => {
  const residual = config.flagOr('parallel_attn_mlp_res', false);
  const every = Math.max(1, config.countOr('moe_layer_frequency', 2));
  if (residual && every > 1) {
    const message = 'layers without experts lack the residual block, which a model file cannot say';
    config.report('moe_layer_frequency', message, 'describe the nearest model in a file of its own');
  }
  return {
    ...decoderShape(config, {norm: {...rmsNorm, perLayer: residual ? 3 : 2}}),
    attention: groupedAttention(config),
    experts: routedExperts(config, localExperts, {
      sharedHiddenSize: residual ? config.countOr('hidden_size', 0) : 0,
      everyLayers: every,
    }),
  };
};

/** Layer norms without biases; attention and experts in sections of their own. */
export const dbrx: ArchitectureReader = config => {
  const heads = config.section('attn_config').countOr('kv_n_heads', 1);
  const own = config
    .renamed({
      num_hidden_layers: 'n_layers',
      hidden_size: 'd_model',
      num_attention_heads: 'n_heads',
    })
    .withDefaults({num_key_value_heads: heads});
  const experts = routedExperts(config.section('ffn_config'), {
    count: 'moe_num_experts',
    topK: 'moe_top_k',
    width: 'ffn_hidden_size',
  });
  return {
    ...decoderShape(own, {
      mlp: {hiddenSize: experts.expertHiddenSize},
      norm: {...layerNorm, bias: false},
    }),
    attention: groupedAttention(own),
    experts,
  };
};

/** Biases everywhere, and a sink for each head. */
export const gptOss: ArchitectureReader = config => ({
  ...decoderShape(config),
  attention: groupedAttention(config, {
    biases: config.flagOr('attention_bias', true) ? allBiases : noBiases,
    sinks: true,
    span: slidingSpan(config, 2),
  }),
  experts: routedExperts(config, localExperts, {routerBias: true, expertBias: true}),
});

/** Text part of Llama 4: a shared expert, chunked attention but in every fourth layer. */
export const llama4: ArchitectureReader = config => ({
  ...decoderShape(config.renamed({intermediate_size: 'intermediate_size_mlp'})),
  attention: groupedAttention(config, {biases: noBiases, span: llama4Span(config)}),
  experts: routedExperts(config, localExperts, {
    sharedHiddenSize: config.countOr('intermediate_size', 0),
    everyLayers: Math.max(1, config.countOr('interleave_moe_layer_step', 1)),
  }),
});

/** Layers without rotary positions see the whole sequence; one of four where the file does not list them. */
function llama4Span(text: ConfigFields): AttentionSpan {
  const tokens = text.maybeCount('attention_chunk_size');
  if (tokens === null) return fullSpan;
  const listed = text.list('no_rope_layers').indexOf(0);
  const fullEveryLayers = listed >= 0 ? listed + 1 : text.countOr('no_rope_layer_interval', 4);
  return {kind: 'chunk', tokens, fullEveryLayers};
}
