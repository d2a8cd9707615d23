import {defaultRankOrder} from '../../src/layout/layout.js';
import {deepSeek, gpt, gpt3, llama, mixtral} from '../model/shapes.js';
import type {RuleCase} from './rule-subject.js';

interface TakenAndRefused {
  readonly taken: RuleCase;
  readonly refused: RuleCase;
}

const pipelineFirst = ['tensor', 'context', 'expert', 'pipeline', 'data'] as const;
const interleaved = {schedule: 'interleaved', virtualStages: 2, pipeline: 4, data: 2} as const;
const withExperts = (experts: Partial<NonNullable<typeof mixtral.experts>>) => ({
  experts: {...(mixtral.experts as NonNullable<typeof mixtral.experts>), ...experts},
});

/** One case that a rule takes and one that it refuses, by the code of the rule. */
export const casesByCode: Readonly<Record<string, TakenAndRefused>> = {
  'kv-heads-per-tensor-rank': {taken: {layout: {tensor: 8}}, refused: {layout: {tensor: 16}}},
  'kv-heads-shared-by-tensor-ranks': {taken: {layout: {tensor: 16}}, refused: {layout: {tensor: 12}}},
  'sequence-parts-per-context-rank': {
    taken: {layout: {context: 4}, training: {sequenceLength: 2048}},
    refused: {layout: {context: 4}, training: {sequenceLength: 2052}},
  },
  'sequence-parallel-needs-tensor': {
    taken: {layout: {sequenceParallel: true, tensor: 2}},
    refused: {layout: {sequenceParallel: true, tensor: 1}},
  },
  'async-tensor-needs-sequence-parallel': {
    taken: {layout: {asyncTensor: true, tensor: 2, sequenceParallel: true}},
    refused: {layout: {asyncTensor: true, tensor: 2}},
  },
  'parameter-overlap-needs-gradient-overlap': {
    taken: {layout: {data: 2, sharding: 'optimizer', overlapGradients: true, overlapParameters: true}},
    refused: {layout: {data: 2, sharding: 'optimizer', overlapParameters: true}},
  },
  'balanced-context-ranks': {
    taken: {layout: {context: 1, causalBalancing: false}},
    refused: {layout: {context: 2, causalBalancing: false}},
  },
  'context-exchange-of-the-release': {
    taken: {layout: {context: 2, contextExchange: 'ring'}},
    refused: {layout: {context: 2, contextExchange: 'all-gather'}},
  },
  'experts-need-sequence-parallel': {
    taken: {layout: {tensor: 2, sequenceParallel: true}},
    refused: {layout: {tensor: 2}},
  },
  'expert-biases-need-whole-experts': {
    taken: {layout: {expertTensor: 1}, model: withExperts({expertBias: true})},
    refused: {layout: {expertTensor: 2}, model: withExperts({expertBias: true})},
  },
  'expert-tensor-of-the-release': {
    taken: {layout: {tensor: 2, expertTensor: 2}},
    refused: {layout: {tensor: 2, expertTensor: 1}},
  },
  'rank-order': {
    taken: {layout: {rankOrder: defaultRankOrder}},
    refused: {layout: {rankOrder: ['data', 'tensor', 'context', 'expert', 'pipeline']}},
  },
  'rank-order-of-the-release': {
    taken: {layout: {rankOrder: defaultRankOrder}},
    refused: {layout: {rankOrder: pipelineFirst}},
  },
  'fsdp-rank-order': {
    taken: {layout: {rankOrder: pipelineFirst, sharding: 'optimizer'}},
    refused: {layout: {rankOrder: pipelineFirst, sharding: 'parameters'}},
  },
  'vocabulary-rows': {
    taken: {layout: {tensor: 2}, model: {vocabularySize: 51200}},
    refused: {layout: {tensor: 2}, model: {vocabularySize: 50257}},
  },
  'micro-batches-of-interleaving': {
    taken: {layout: interleaved, training: {globalBatch: 24}},
    refused: {layout: interleaved, training: {globalBatch: 20}},
  },
  'stages-of-interleaving': {
    taken: {layout: {...interleaved, pipeline: 4}},
    refused: {layout: {...interleaved, pipeline: 2}},
  },
  'even-model-chunks': {taken: {layout: interleaved}, refused: {layout: {pipeline: 5}}},
  'uneven-model-chunks': {
    taken: {layout: {pipeline: 16, virtualStages: 2}},
    refused: {layout: {pipeline: 16, virtualStages: 4}},
  },
  'layers-per-virtual-stage': {
    taken: {layout: {...interleaved, pipeline: 3, virtualStages: 2}},
    refused: {layout: {...interleaved, pipeline: 3, virtualStages: 3}},
  },
  'recomputed-layers-per-virtual-stage': {
    taken: {layout: {...interleaved, recompute: {layers: 2}}},
    refused: {layout: {...interleaved, recompute: {layers: 3}}},
  },
  'prediction-layers-need-rotary-positions': {
    taken: {model: deepSeek},
    refused: {model: {...deepSeek, positions: {kind: 'learned', maxPositions: 4096}}},
  },
  'fsdp-under-a-pipeline': {
    taken: {layout: {sharding: 'optimizer', pipeline: 2, data: 2}},
    refused: {layout: {sharding: 'parameters', pipeline: 2, data: 2}},
  },
  'sharded-gradients-of-the-release': {
    taken: {layout: {sharding: 'parameters', data: 2}},
    refused: {layout: {sharding: 'gradients', data: 2}},
  },
  'sharded-parameters-of-the-release': {
    taken: {layout: {sharding: 'optimizer', data: 2}},
    refused: {layout: {sharding: 'parameters', data: 2}},
  },
  'sharded-states-of-the-release': {
    taken: {layout: {sharding: 'none', data: 2}},
    refused: {layout: {sharding: 'optimizer', data: 2}},
  },
  'sharding-group-of-the-release': {
    taken: {layout: {sharding: 'optimizer', shardingGroup: 'all', data: 8}},
    refused: {layout: {sharding: 'optimizer', shardingGroup: 4, data: 8}},
  },
  'unsupported-optimizer': {
    taken: {training: {optimizer: 'adam'}},
    refused: {training: {optimizer: 'adafactor'}},
  },
  'unsupported-precision': {
    taken: {training: {precision: 'bf16'}},
    refused: {training: {precision: 'int8'}},
  },
  'optimizer-states-of-the-release': {
    taken: {training: {optimizer: 'adam'}},
    refused: {training: {optimizer: 'adam-8bit'}},
  },
  'narrow-states-need-sharding': {
    taken: {layout: {sharding: 'optimizer', data: 2}, training: {optimizer: 'adam-8bit'}},
    refused: {layout: {sharding: 'none', data: 2}, training: {optimizer: 'adam-8bit'}},
  },
  'fsdp-needs-adam-or-sgd': {
    taken: {layout: {sharding: 'gradients', data: 2}, training: {optimizer: 'sgd-momentum'}},
    refused: {layout: {sharding: 'gradients', data: 2}, training: {optimizer: 'muon'}},
  },
  'layer-wise-optimizer-over-all-ranks': {
    taken: {layout: {sharding: 'optimizer', data: 8}, training: {optimizer: 'muon'}},
    refused: {layout: {sharding: 'optimizer', data: 8, shardingGroup: 4}, training: {optimizer: 'muon'}},
  },
  'optimizer-in-fp16': {
    taken: {training: {optimizer: 'muon', precision: 'bf16'}},
    refused: {training: {optimizer: 'muon', precision: 'fp16'}},
  },
  'offloaded-optimizer-needs-sharding': {
    taken: {layout: {offload: 'optimizer', sharding: 'optimizer', data: 2}},
    refused: {layout: {offload: 'optimizer-and-activations', sharding: 'none', data: 2}},
  },
  'offloaded-optimizer-needs-adam': {
    taken: {layout: {offload: 'optimizer'}, training: {optimizer: 'adam-16bit'}},
    refused: {layout: {offload: 'optimizer'}, training: {optimizer: 'sgd-momentum'}},
  },
  'offload-of-the-release': {
    taken: {layout: {offload: 'activations'}},
    refused: {layout: {offload: 'optimizer'}},
  },
  'offloaded-activations-alone': {
    taken: {layout: {offload: 'activations'}},
    refused: {layout: {offload: 'activations', recompute: 'full'}},
  },
  'unsupported-grouped-heads': {taken: {model: gpt3}, refused: {model: llama}},
  'learned-positions': {taken: {model: gpt3}, refused: {model: llama}},
  'unsupported-expert': {taken: {layout: {expert: 1}}, refused: {layout: {expert: 2}}},
  'unsupported-sequence-parallel': {
    taken: {layout: {tensor: 2}},
    refused: {layout: {tensor: 2, sequenceParallel: true}},
  },
  'unsupported-selective-recompute': {
    taken: {layout: {recompute: 'full'}},
    refused: {layout: {recompute: 'selective'}},
  },
  'partial-recompute-of-the-release': {
    taken: {layout: {recompute: 'full'}},
    refused: {layout: {recompute: {layers: 2}}},
  },
  'attention-kernel-of-the-release': {
    taken: {training: {attentionKernel: 'fused-softmax'}},
    refused: {training: {attentionKernel: 'flash2'}},
  },
  'fused-softmax-falls-back': {
    taken: {training: {attentionKernel: 'fused-softmax', sequenceLength: 2048}},
    refused: {training: {attentionKernel: 'fused-softmax', sequenceLength: 8192}},
  },
  'layer-for-every-stage': {
    taken: {layout: {pipeline: 32}},
    refused: {layout: {pipeline: 33}},
  },
  'sharded-optimizer-of-bf16': {
    taken: {layout: {sharding: 'none', data: 8}, training: {precision: 'fp16'}},
    refused: {layout: {sharding: 'none', data: 8}, training: {precision: 'bf16'}},
  },
  'heads-per-hidden-size': {
    taken: {model: llama},
    refused: {model: gpt({layers: 2, hidden: 100, heads: 12, vocabulary: 51200})},
  },
  'heads-per-key-value-head': {
    taken: {model: llama},
    refused: {model: {...llama, attention: {...mixtral.attention, numHeads: 30} as typeof llama.attention}},
  },
  'experts-exclude-sharded-gradients': {
    taken: {layout: {sharding: 'optimizer', data: 8}},
    refused: {layout: {sharding: 'gradients', data: 8}},
  },
  'experts-on-tensor-ranks': {
    taken: {layout: {expert: 4, tensor: 4}},
    refused: {layout: {expert: 4, tensor: 2}},
  },
  'whole-experts': {taken: {layout: {expertTensor: 1}}, refused: {layout: {expertTensor: 2}}},
  'offloaded-activations-are-checkpoints': {
    taken: {layout: {offload: 'activations', recompute: 'full'}},
    refused: {layout: {offload: 'activations', recompute: 'none'}},
  },
  'ring-forces-flash': {
    taken: {layout: {context: 2, contextExchange: 'ring'}, training: {attentionKernel: 'flash2'}},
    refused: {layout: {context: 2, contextExchange: 'ring'}, training: {attentionKernel: 'unfused'}},
  },
  'dense-layers-of-the-first-stage': {
    taken: {layout: {pipeline: 8}, model: withExperts({numDenseLayers: 3})},
    refused: {layout: {pipeline: 16}, model: withExperts({numDenseLayers: 3})},
  },
};
