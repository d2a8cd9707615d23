import type {AttentionSpan, GroupedAttention, Norm, Positions, Transformer} from '../../model/transformer.js';
import type {ConfigFields} from './config-fields.js';

/** Reads the configuration of one family of models. */
export type Family = (config: ConfigFields) => Omit<Transformer, 'name'>;

/** What decoders of most families have in common, by the field names that most use. */
export interface CommonShape {
  readonly numLayers: number;
  readonly hiddenSize: number;
  readonly vocabularySize: number;
  readonly tiedEmbeddings: boolean;
  readonly dropout: boolean;
  readonly multiTokenPrediction: 0;
}

/** `tiedByDefault`: what the family's class assumes where the file says nothing. */
export function commonShape(config: ConfigFields, tiedByDefault: boolean): CommonShape {
  return {
    numLayers: config.count('num_hidden_layers'),
    hiddenSize: config.count('hidden_size'),
    vocabularySize: config.count('vocab_size'),
    tiedEmbeddings: config.flagOr('tie_word_embeddings', tiedByDefault),
    dropout: hasDropout(config),
    multiTokenPrediction: 0,
  };
}

function hasDropout(config: ConfigFields): boolean {
  const keys = ['attention_dropout', 'hidden_dropout', 'resid_pdrop', 'attn_pdrop'];
  return keys.some(key => config.fraction(key) > 0);
}

/** Heads in the fields of Llama: fewer key-value heads and a head size of their own where given. */
export function groupedHeads(
  config: ConfigFields,
  otherwise: Pick<GroupedAttention, 'biases' | 'queryKeyNorm' | 'span'>,
): GroupedAttention {
  const numHeads = config.count('num_attention_heads');
  const numKeyValueHeads = config.countOr('num_key_value_heads', numHeads);
  if (numKeyValueHeads === 0 || numHeads % numKeyValueHeads !== 0) {
    const message = `${numKeyValueHeads} does not divide ${numHeads} attention heads`;
    config.report('num_key_value_heads', message, 'give a divisor of num_attention_heads');
  }
  return {kind: 'grouped', numHeads, numKeyValueHeads, headSize: headSize(config, numHeads), ...otherwise};
}

/** `head_dim`, or the hidden size over the heads. */
export function headSize(config: ConfigFields, numHeads: number): number {
  const given = config.maybeCount('head_dim');
  if (given !== null) return given;
  const hidden = config.countOr('hidden_size', numHeads);
  if (hidden % numHeads === 0) return hidden / numHeads;
  config.report('head_dim', `is missing, and ${numHeads} heads do not divide ${hidden}`, 'give head_dim');
  return 1;
}

export const rotaryPositions: Positions = {kind: 'rotary', maxPositions: 0};
export const noBiases = {queryKeyValue: false, output: false} as const;
export const fullSpan: AttentionSpan = {kind: 'full'};
export const rmsNorm: Norm = {kind: 'rms', perLayer: 2, bias: false, outside: 1};
export const layerNorm: Norm = {kind: 'layer', perLayer: 2, bias: true, outside: 1};

/** Every layer sees `tokens` back; null: the whole sequence. */
export function windowSpan(tokens: number | null, fullEveryLayers: number): AttentionSpan {
  return tokens === null ? fullSpan : {kind: 'window', tokens, fullEveryLayers};
}

/**
 * The span that a `layer_types` list describes: full layers end each group of n, or there are none.
 * Null where there is no list.
 */
export function listedSpan(config: ConfigFields, tokens: number | null): AttentionSpan | null {
  const types = config.list('layer_types');
  if (types.length === 0) return null;
  const first = types.indexOf('full_attention');
  const every = first + 1;
  const regular = types.every(
    (type, layer) =>
      (first >= 0 && (layer + 1) % every === 0 ? 'full_attention' : 'sliding_attention') === type,
  );
  if (!regular) {
    const message =
      'full layers do not end groups of equal length, or a layer is neither full_attention nor sliding_attention';
    config.report(
      'layer_types',
      message,
      'describe the model in a file of its own and choose the nearest pattern',
    );
  }
  return every === 1 ? fullSpan : windowSpan(tokens, every);
}
