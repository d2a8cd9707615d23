import type {Transformer} from '../../model/transformer.js';
import type {MeasurementRow} from '../measurement.js';
import {need, number} from './cells.js';

/**
 * The model that a row describes, or what is missing of it.
 *
 * @param shapes models to take the experts of a mixture from: a row states their number, not their width
 */
export function modelOf(row: MeasurementRow, shapes: readonly Transformer[]): Transformer | string {
  return (row.moe ?? '') === '' ? denseModel(row) : mixtureModel(row, shapes);
}

/** A row that says `128/8` has 128 experts of which a token goes to 8. */
function mixtureModel(row: MeasurementRow, shapes: readonly Transformer[]): Transformer | string {
  const [numExperts, topK] = (row.moe ?? '').split('+')[0]?.split('/').map(Number) ?? [];
  const shape = shapes.find(
    ({hiddenSize, experts}) =>
      experts !== null &&
      hiddenSize === number(row, 'hidden') &&
      experts.numExperts === numExperts &&
      experts.topK === topK,
  );
  if (shape === undefined) return `unknown: width of the experts of ${row.model_name}`;
  // Proxies of fewer layers keep the shape of each.
  return {...shape, name: row.model_name ?? shape.name, numLayers: need(row, 'layers')};
}

function denseModel(row: MeasurementRow): Transformer | string {
  const unknown = ['ffn_hidden', 'vocab'].filter(column => number(row, column) === null);
  if (unknown.length > 0) return `unknown: ${unknown.join(', ')}`;
  const gated = row.gated_mlp === '1';
  const numHeads = need(row, 'heads');
  const hiddenSize = need(row, 'hidden');
  return {
    name: row.model_name ?? 'unnamed',
    numLayers: need(row, 'layers'),
    hiddenSize,
    vocabularySize: need(row, 'vocab'),
    tiedEmbeddings: row.tied_embeddings === '1',
    // Gated models follow Llama: rotary positions, RMS norms, no biases; the others follow GPT.
    positions: gated
      ? {kind: 'rotary', maxPositions: 0}
      : {kind: 'learned', maxPositions: need(row, 'seq_len')},
    attention: {
      kind: 'grouped',
      numHeads,
      numKeyValueHeads: number(row, 'kv_heads') ?? numHeads,
      headSize: hiddenSize / numHeads,
      biases: {queryKeyValue: !gated, output: !gated},
      queryKeyNorm: false,
      span: {kind: 'full'},
    },
    mlp: {kind: gated ? 'gated' : 'plain', hiddenSize: need(row, 'ffn_hidden'), bias: !gated},
    experts: null,
    norm: {kind: gated ? 'rms' : 'layer', perLayer: 2, bias: !gated, outside: 1},
    dropout: !gated,
    multiTokenPrediction: 0,
  };
}
