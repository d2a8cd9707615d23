import type {
  AttentionSpan,
  GroupedAttention,
  Mlp,
  Norm,
  Positions,
  Transformer,
} from '../../model/transformer.js';
import type {ConfigFields} from './config-fields.js';

/** A model without its name. */
export type Architecture = Omit<Transformer, 'name'>;

/** Reads the configurations of one `model_type`. */
export type ArchitectureReader = (config: ConfigFields) => Architecture;

export const rotaryPositions: Positions = {kind: 'rotary', maxPositions: 0};
export const alibiPositions: Positions = {kind: 'alibi', maxPositions: 0};
export const noBiases = {queryKeyValue: false, output: false} as const;
export const allBiases = {queryKeyValue: true, output: true} as const;
export const fullSpan: AttentionSpan = {kind: 'full'};
export const rmsNorm: Norm = {kind: 'rms', perLayer: 2, bias: false, outside: 1};
export const layerNorm: Norm = {kind: 'layer', perLayer: 2, bias: true, outside: 1};

/** What an architecture adds to the frame of Llama, or has in place of a part of it. */
export interface DecoderTraits {
  /** Assumed by the class where the file leaves it out; absent: untied. */
  readonly tiedByDefault?: boolean;
  readonly positions?: Positions;
  readonly mlp?: Partial<Mlp>;
  readonly norm?: Norm;
  readonly headBias?: boolean;
}

/** All but attention and experts, in the field names of Llama: rotary, gated, RMS norms, no biases. */
export function decoderShape(
  config: ConfigFields,
  {
    tiedByDefault = false,
    positions = rotaryPositions,
    mlp,
    norm = rmsNorm,
    headBias = false,
  }: DecoderTraits = {},
): Omit<Architecture, 'attention'> {
  return {
    numLayers: config.count('num_hidden_layers'),
    hiddenSize: config.count('hidden_size'),
    vocabularySize: config.count('vocab_size'),
    tiedEmbeddings: config.flagOr('tie_word_embeddings', tiedByDefault),
    ...(headBias ? {headBias} : {}),
    positions,
    mlp: {
      kind: 'gated',
      hiddenSize: mlp?.hiddenSize ?? config.count('intermediate_size'),
      bias: false,
      ...mlp,
    },
    experts: null,
    norm,
    dropout: hasDropout(config),
    multiTokenPrediction: 0,
  };
}

const dropoutKeys = [
  'attention_dropout',
  'attn_pdrop',
  'attn_dropout_prob',
  'dropout',
  'hidden_dropout',
  'resid_dropout',
  'resid_pdrop',
  'residual_dropout',
];

function hasDropout(config: ConfigFields): boolean {
  return dropoutKeys.some(key => config.fraction(key) > 0);
}

export type HeadTraits = Partial<Pick<GroupedAttention, 'biases' | 'queryKeyNorm' | 'sinks' | 'span'>>;

/**
 * Heads in the field names of Llama: fewer key-value heads and a head size of their own where given, and
 * biases on all four projections where the file has them.
 */
export function groupedAttention(config: ConfigFields, traits: HeadTraits = {}): GroupedAttention {
  const numHeads = config.count('num_attention_heads');
  const numKeyValueHeads = config.countOr('num_key_value_heads', numHeads);
  if (numKeyValueHeads === 0 || numHeads % numKeyValueHeads !== 0) {
    const message = `${numKeyValueHeads} does not divide ${numHeads} attention heads`;
    config.report('num_key_value_heads', message, 'give a divisor of num_attention_heads');
  }
  return {
    kind: 'grouped',
    numHeads,
    numKeyValueHeads,
    headSize: headSize(config, numHeads),
    biases: traits.biases ?? (config.flagOr('attention_bias', false) ? allBiases : noBiases),
    queryKeyNorm: traits.queryKeyNorm ?? false,
    ...(traits.sinks ? {sinks: true} : {}),
    span: traits.span ?? fullSpan,
  };
}

/** `head_dim`, or the hidden size over the heads. */
function headSize(config: ConfigFields, numHeads: number): number {
  const given = config.maybeCount('head_dim');
  if (given !== null) return given;
  const hidden = config.countOr('hidden_size', numHeads);
  if (hidden % numHeads === 0) return hidden / numHeads;
  config.report('head_dim', `is missing, and ${numHeads} heads do not divide ${hidden}`, 'give head_dim');
  return 1;
}

/**
 * Layers that see `sliding_window` tokens back: those that `layer_types` names, or all but one of each
 * `fullEveryLayers`. A window that no sequence of the model fills is none.
 */
export function slidingSpan(config: ConfigFields, fullEveryLayers: number): AttentionSpan {
  const tokens = config.maybeCount('sliding_window') ?? config.maybeCount('sliding_window_size');
  if (tokens === null || tokens >= config.countOr('max_position_embeddings', Number.MAX_SAFE_INTEGER)) {
    return fullSpan;
  }
  return listedSpan(config, tokens) ?? {kind: 'window', tokens, fullEveryLayers};
}

/**
 * The span that a `layer_types` list describes: full layers begin or end each group of n, or there are none.
 * Null where there is no list.
 */
function listedSpan(config: ConfigFields, tokens: number): AttentionSpan | null {
  const types = config.list('layer_types');
  if (types.length === 0) return null;
  const isFull = (layer: number) => types[layer] === 'full_attention';
  const first = types.indexOf('full_attention');
  const second = types.indexOf('full_attention', first + 1);
  const fullFirst = first === 0 && second !== 1;
  const every = fullFirst ? (second === -1 ? types.length : second) : first + 1;
  const wanted = (layer: number) => every > 0 && (layer + (fullFirst ? 0 : 1)) % every === 0;
  const known = types.every(type => type === 'full_attention' || type === 'sliding_attention');
  if (!known || !types.every((_, layer) => isFull(layer) === wanted(layer))) {
    config.report(
      'layer_types',
      'full layers neither begin nor end groups of equal length, or a layer is neither full_attention nor sliding_attention',
      'describe the model in a file of its own and choose the nearest pattern',
    );
  }
  if (every === 1) return fullSpan;
  return {kind: 'window', tokens, fullEveryLayers: every, ...(fullFirst ? {fullFirst} : {})};
}
