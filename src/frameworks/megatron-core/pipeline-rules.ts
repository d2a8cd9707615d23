import {
  evenModelChunks,
  interleavedMicrobatches,
  interleavedStages,
  recomputedLayersPerVirtualStage,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {month} from '../release.js';

const chunked = {
  ...evenModelChunks,
  source: 'megatron/core/transformer/transformer_block.py:157, :176; megatron/training/arguments.py:997',
  error: 'AssertionError',
} as const;

/** First month of `--decoder-first-pipeline-num-layers`, commit fa8bb5921b. */
const unevenEnds = month('2024-09');
/** First month of `--pipeline-model-parallel-layout`, commit 77732c3628. */
const layoutString = month('2025-06');

/** How layers are cut into stages and micro-batches pass through them. */
export const pipelineRules: readonly FrameworkRule[] = [
  {
    ...interleavedMicrobatches,
    hint: 'choose another batch, data degree or micro-batch, or set layout.schedule to 1f1b; from {pipeline} micro-batches on, --microbatch-group-size-per-virtual-pipeline-stage {microbatches} runs as well, which a plan does not state',
    source: 'megatron/core/pipeline_parallel/schedules.py:1160, :1173',
    error: 'RuntimeError',
  },
  {
    ...interleavedStages,
    source: 'megatron/training/arguments.py, check on the pipeline degree until 2024-05-31',
    error: 'AssertionError',
    until: month('2024-05'),
  },
  {...chunked, until: unevenEnds},
  {
    code: 'layers-per-virtual-stage',
    fields: ['pipeline', 'virtualStages'],
    broken: ({pipeline, virtualStages}, {model: {name, numLayers}}) => {
      const chunks = pipeline * virtualStages;
      // Embedding and loss may count as a layer each, from commit ef490839e8 on.
      return numLayers % virtualStages === 0 || numLayers % chunks >= chunks - 2
        ? null
        : {virtualStages, model: name, layers: numLayers, chunks};
    },
    message:
      '{virtualStages} virtual stages do not divide the {layers} layers of {model}, nor {chunks} chunks these and embedding and loss',
    hint: 'choose a number of virtual stages that divides {layers}, or name a release from 2025-06 on',
    source:
      'megatron/core/transformer/transformer_config.py:2307-2368; account_for_embedding_in_pipeline_split, account_for_loss_in_pipeline_split',
    error: 'ValueError',
    since: unevenEnds,
    until: layoutString,
  },
  {
    ...evenModelChunks,
    code: 'uneven-model-chunks',
    message:
      'pipeline {pipeline} x {virtualStages} virtual stages = {chunks} does not divide the {layers} layers of {model}: chunks hold unlike numbers of layers',
    hint: 'state the layers of each chunk by --pipeline-model-parallel-layout, or of the first and last stage',
    source: 'megatron/training/arguments.py:928-997',
    since: unevenEnds,
    severity: 'noted',
  },
  {
    ...recomputedLayersPerVirtualStage,
    source: 'megatron/core/transformer/transformer_config.py:1908-1932: recompute_num_layers of a chunk',
  },
  {
    code: 'prediction-layers-need-rotary-positions',
    fields: [],
    at: 'model',
    broken: (_, {model: {name, multiTokenPrediction, positions}}) =>
      multiTokenPrediction === 0 || positions.kind === 'rotary' || positions.kind === 'none'
        ? null
        : {model: name, positions: positions.kind, layers: multiTokenPrediction},
    message:
      '{layers} layers that predict further tokens need rotary positions or none, and {model} has {positions} ones',
    hint: 'set model.multi_token_prediction to 0, or model.positions to rotary',
    source: 'megatron/training/arguments.py:882',
    error: 'AssertionError',
  },
];
