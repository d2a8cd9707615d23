import {gpt} from '../model/shapes.js';
import type {RuleCase} from './rule-subject.js';

interface TakenAndRefused {
  readonly taken: RuleCase;
  readonly refused: RuleCase;
}

const dense = gpt({layers: 32, hidden: 4096, heads: 32, vocabulary: 51200});
const tied = {...dense, tiedEmbeddings: true};

/** The batch of the subject is 64 sequences: micro-batches are 64 / (data x micro-batch). */
const microbatches = (count: number, layout: RuleCase['layout'] = {}): RuleCase => ({
  layout: {...layout, data: 1, microBatch: 1},
  training: {globalBatch: count},
});

const onlyDataRanks = Object.fromEntries(
  (['tensor', 'pipeline', 'context', 'expert'] as const).map(degree => [
    `only-data-ranks-${degree}`,
    {taken: {layout: {[degree]: 1}}, refused: {layout: {[degree]: 2}}},
  ]),
);

/** One case that a rule takes and one that it refuses, by the code of the rule: frameworks on PyTorch and JAX. */
export const pytorchCasesByCode: Readonly<Record<string, TakenAndRefused>> = {
  ...onlyDataRanks,
  'micro-batches-per-stage': {
    taken: microbatches(4, {pipeline: 4}),
    refused: microbatches(3, {pipeline: 4}),
  },
  'even-interleaved-rounds': {
    taken: microbatches(10, {pipeline: 4, schedule: 'interleaved', virtualStages: 2}),
    refused: microbatches(11, {pipeline: 4, schedule: 'interleaved', virtualStages: 2}),
  },
  'interleaving-needs-virtual-stages': {
    taken: {layout: {pipeline: 4, schedule: 'interleaved', virtualStages: 2}},
    refused: {layout: {pipeline: 4, schedule: 'interleaved', virtualStages: 1}},
  },
  'tied-embeddings-need-one-stage': {
    taken: {layout: {pipeline: 1}, model: tied},
    refused: {layout: {pipeline: 2}, model: tied},
  },
  'offloads-states-together': {
    taken: {layout: {offload: 'none'}},
    refused: {layout: {offload: 'optimizer'}},
  },
  'expert-groups-are-of-fsdp-ranks': {
    taken: {layout: {expert: 8, data: 8, sharding: 'parameters'}},
    refused: {layout: {expert: 8, data: 8, sharding: 'parameters', shardingGroup: 4}},
  },
  'expert-tensor-degree': {
    taken: {layout: {expert: 2, tensor: 4, expertTensor: 1}},
    refused: {layout: {expert: 2, tensor: 4, expertTensor: 4}},
  },
  'expert-tensor-is-one-or-all': {
    taken: {layout: {expert: 2, tensor: 4, expertTensor: 4}},
    refused: {layout: {expert: 2, tensor: 4, expertTensor: 2}},
  },
  'sequence-parallel-with-tensor': {
    taken: {layout: {tensor: 2, sequenceParallel: true}},
    refused: {layout: {tensor: 2, sequenceParallel: false}},
  },
  'no-ring-of-keys-and-values': {
    taken: {layout: {context: 2, contextExchange: 'all-gather'}},
    refused: {layout: {context: 2, contextExchange: 'ring'}},
  },
  'sharding-over-context-ranks': {
    taken: {layout: {context: 2, sharding: 'parameters'}},
    refused: {layout: {context: 2, sharding: 'none'}},
  },
  'whole-context-groups': {
    taken: {layout: {context: 4, data: 4, sharding: 'parameters', shardingGroup: 8}},
    refused: {layout: {context: 4, data: 4, sharding: 'parameters', shardingGroup: 2}},
  },
  'tensor-replicas-need-shards': {
    taken: {layout: {tensor: 2, data: 4, sharding: 'parameters'}},
    refused: {layout: {tensor: 2, data: 4, sharding: 'none'}},
  },
  'fp8-without-context': {
    taken: {layout: {context: 1}, training: {precision: 'fp8'}},
    refused: {layout: {context: 2}, training: {precision: 'fp8'}},
  },
  'gradients-sharded-under-a-pipeline': {
    taken: {layout: {pipeline: 2, sharding: 'optimizer'}},
    refused: {layout: {pipeline: 2, sharding: 'gradients'}},
  },
  'one-f-one-b-alone': {
    taken: {layout: {pipeline: 2, schedule: '1f1b'}},
    refused: {layout: {pipeline: 2, schedule: 'gpipe'}},
  },
  'parts-of-ranks-hold-parameters': {
    taken: {layout: {data: 8, sharding: 'parameters', shardingGroup: 4}},
    refused: {layout: {data: 8, sharding: 'optimizer', shardingGroup: 4}},
  },
  'mics-without-offload': {
    taken: {layout: {data: 8, sharding: 'parameters', shardingGroup: 4}},
    refused: {layout: {data: 8, sharding: 'parameters', shardingGroup: 4, offload: 'optimizer'}},
  },
  'mixed-gradients-need-sharding': {
    taken: {layout: {data: 8, sharding: 'optimizer'}, training: {precision: 'bf16', gradientBytes: 4}},
    refused: {layout: {data: 8, sharding: 'none'}, training: {precision: 'bf16', gradientBytes: 4}},
  },
  'whole-blocks-are-recomputed': {
    taken: {layout: {recompute: 'full'}},
    refused: {layout: {recompute: {layers: 3}}},
  },
  'parameters-stay-on-devices': {
    taken: {layout: {offload: 'activations'}},
    refused: {layout: {offload: 'optimizer'}},
  },
  'mpt-has-no-experts': {taken: {model: dense}, refused: {}},
  'micro-batches-per-stage-but-one': {
    taken: microbatches(3, {pipeline: 4}),
    refused: microbatches(2, {pipeline: 4}),
  },
  'context-without-a-pipeline': {
    taken: {layout: {context: 2}},
    refused: {layout: {context: 2, pipeline: 2}},
  },
  'sharded-optimizer-with-wide-gradients': {
    taken: {layout: {data: 8, sharding: 'optimizer'}, training: {gradientBytes: 2}},
    refused: {layout: {data: 8, sharding: 'optimizer'}, training: {gradientBytes: 4}},
  },
  'micro-batches-of-a-circular-pipeline': {
    taken: microbatches(8, {pipeline: 4}),
    refused: microbatches(6, {pipeline: 4}),
  },
  'layers-of-a-circular-pipeline': {
    taken: {layout: {pipeline: 4, virtualStages: 2}},
    refused: {layout: {pipeline: 3}},
  },
  'unsupported-precision-on-xla': {
    taken: {training: {precision: 'int8'}},
    refused: {training: {precision: 'mxfp8'}},
  },
  'unsupported-optimizer-on-xla': {
    taken: {training: {optimizer: 'adafactor'}},
    refused: {training: {optimizer: 'adam-8bit'}},
  },
  'tensor-ranks-split-sequences': {
    taken: {layout: {tensor: 2, sequenceParallel: true}},
    refused: {layout: {tensor: 2, sequenceParallel: false}},
  },
  'fragments-divide-inner-steps': {
    taken: {diloco: {innerSteps: 100, fragments: 4}},
    refused: {diloco: {innerSteps: 100, fragments: 3}},
  },
  'experts-without-tensor-ranks': {
    taken: {layout: {expert: 2}},
    refused: {layout: {expert: 2, tensor: 2}},
  },
  'experts-are-of-shards': {
    taken: {layout: {expert: 2, sharding: 'parameters'}},
    refused: {layout: {expert: 2, sharding: 'gradients'}},
  },
};

/** Trainers that share the folder of another one. */
export const fsdpVariants = [
  'accelerate',
  'hf-trainer',
  'trl',
  'axolotl',
  'llama-factory',
  'torchtune',
] as const;
