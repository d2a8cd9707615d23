import {paddedVocabulary} from '../../frameworks/padded-vocabulary.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import type {Layout} from '../../layout/layout.js';
import {normParameters, parametersOfLayer} from '../../model/layer-parameters.js';
import {parametersOfPredictionModule} from '../../model/parameters.js';
import type {Transformer} from '../../model/transformer.js';
import type {ModelChunk} from './model-chunk.js';

/** Parameters that one device holds before any sharding over data ranks. */
export interface DeviceParameters {
  readonly dense: number;
  readonly expert: number;
  /** Of the largest layer: what one gather of sharded parameters brings together. */
  readonly largestDense: number;
  readonly largestExpert: number;
  /** Of the largest chunk where a device works through several in turn, else 0. */
  readonly largestChunk: number;
  /** In the first chunk of the first stage; 0 on other stages. */
  readonly firstDense: number;
  readonly firstExpert: number;
  /** Layers, and beside them embedding and head. */
  readonly layers: number;
  readonly ends: number;
  /** Chunks of the model that take turns on the device. */
  readonly chunks: number;
}

/** What the parameters of a device depend on. */
export type ParameterLayout = Pick<Layout, 'tensor' | 'expert' | 'expertTensor' | 'pipeline'>;

/** Parameters of `chunks` on one device of the tensor and expert groups, embedding and head included. */
export function deviceParameters(
  model: Transformer,
  chunks: readonly ModelChunk[],
  layout: ParameterLayout,
  software: SoftwareStack,
): DeviceParameters {
  let dense = 0;
  let expert = 0;
  let largestDense = 0;
  let largestExpert = 0;
  let largestChunk = 0;
  let firstDense = 0;
  let firstExpert = 0;
  let layers = 0;
  let ends = 0;
  for (const chunk of chunks) {
    const denseBefore = dense;
    const expertBefore = expert;
    const before = dense + expert;
    for (const {kind, count} of chunk.layers) {
      const {sharded} = parametersOfLayer(model, kind);
      const denseOfLayer = sharded.tensor / layout.tensor + sharded.replicated;
      const expertOfLayer = sharded.expert / (layout.expert * layout.expertTensor);
      dense += count * denseOfLayer;
      expert += count * expertOfLayer;
      layers += count;
      largestDense = Math.max(largestDense, denseOfLayer);
      largestExpert = Math.max(largestExpert, expertOfLayer);
    }
    dense += endParameters(model, chunk, layout, software);
    ends += Number(chunk.hasEmbedding) + Number(chunk.hasHead);
    if (chunks.length > 1) largestChunk = Math.max(largestChunk, dense + expert - before);
    if (chunk.hasEmbedding) {
      firstDense = dense - denseBefore;
      firstExpert = expert - expertBefore;
    }
  }
  return {
    dense,
    expert,
    largestDense,
    largestExpert,
    largestChunk,
    firstDense,
    firstExpert,
    layers,
    ends,
    chunks: chunks.length,
  };
}

function endParameters(
  model: Transformer,
  chunk: ModelChunk,
  layout: ParameterLayout,
  software: SoftwareStack,
): number {
  const {hiddenSize: h, positions, norm, multiTokenPrediction} = model;
  const rows = paddedVocabulary(model.vocabularySize, software.memory.vocabularyMultiple, layout.tensor);
  const table = (rows * h) / layout.tensor;
  const gain = normParameters(norm, h);
  let count = 0;
  if (chunk.hasEmbedding)
    count +=
      table +
      (positions.kind === 'learned' ? positions.maxPositions * h : 0) +
      Math.max(0, norm.outside - 1) * gain;
  if (chunk.hasHead) count += Math.min(1, norm.outside) * gain;
  if (chunk.hasHead && multiTokenPrediction > 0)
    count += multiTokenPrediction * predictionParameters(model, layout);
  // A tied head on another stage is a copy of its own; on the same device it is the embedding.
  if (chunk.hasHead && !(model.tiedEmbeddings && layout.pipeline === 1)) count += table;
  if (chunk.hasHead && model.headBias) count += rows / layout.tensor;
  return count;
}

/** One multi-token-prediction module, its experts spread like those of the layers. */
function predictionParameters(model: Transformer, layout: ParameterLayout): number {
  const {tensor, expert, replicated} = parametersOfPredictionModule(model);
  return tensor / layout.tensor + expert / (layout.expert * layout.expertTensor) + replicated;
}
