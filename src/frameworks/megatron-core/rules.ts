import {defaultRankOrder, isSameOrder, pipelineBeforeData} from '../../layout/layout.js';
import {
  asyncTensorNeedsSequenceParallel,
  expertsNeedSequenceParallel,
  keyValueHeadsPerTensorRank,
  keyValueHeadsSharedByTensorRanks,
  sequenceParallelNeedsTensor,
  sequencePartsPerContextRank,
  unsupportedPrecision,
  vocabularyRows,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {month} from '../release.js';
import {pipelineRules} from './pipeline-rules.js';
import {stateRules} from './state-rules.js';

const argumentsFile = 'megatron/training/arguments.py';
const configFile = 'megatron/core/transformer/transformer_config.py';

/** First month in which tensor ranks share key-value heads. */
const sharedHeads = month('2025-12');

/** How heads, sequences and experts are divided over ranks, and how ranks are numbered. */
const degreeRules: readonly FrameworkRule[] = [
  {
    ...keyValueHeadsSharedByTensorRanks,
    source: `${configFile}:1461`,
    error: 'ValueError',
    since: sharedHeads,
  },
  {...keyValueHeadsPerTensorRank, source: `${configFile}:1461`, error: 'ValueError', until: sharedHeads},
  {...sequencePartsPerContextRank, source: `${argumentsFile}:1336`, error: 'AssertionError'},
  {...sequenceParallelNeedsTensor, source: `${argumentsFile}:1433`, severity: 'noted'},
  {...asyncTensorNeedsSequenceParallel, source: `${argumentsFile}:1441`, error: 'AssertionError'},
  {
    code: 'balanced-context-ranks',
    fields: ['causalBalancing', 'context'],
    broken: ({causalBalancing, context}) => (causalBalancing || context === 1 ? null : {context}),
    message: 'context ranks take early and late parts of the sequence: there is no other way',
    hint: 'leave layout.causal_balancing out',
    source: `${argumentsFile}:1336`,
    severity: 'noted',
  },
  {
    code: 'context-exchange-of-the-release',
    fields: ['contextExchange', 'context'],
    broken: ({contextExchange, context}) =>
      context === 1 || contextExchange === 'ring' ? null : {contextExchange},
    message: 'releases before 2024-11 pass keys and values round a ring, not by {contextExchange}',
    hint: 'set layout.context_exchange to ring',
    source: `${argumentsFile}, --cp-comm-type since 645c329d07`,
    until: month('2024-11'),
  },
  {
    ...expertsNeedSequenceParallel,
    source: 'megatron/core/transformer/moe/moe_layer.py:636',
    error: 'ValueError',
  },
  {
    code: 'expert-biases-need-whole-experts',
    fields: ['expertTensor'],
    broken: ({expertTensor}, {model: {name, experts}}) =>
      experts?.expertBias !== true || expertTensor === 1 ? null : {expertTensor, model: name},
    message: 'experts with biases are not cut over {expertTensor} tensor ranks',
    hint: 'set layout.expert_tensor to 1',
    source: `${configFile}:2612`,
    error: 'AssertionError',
  },
  {
    code: 'expert-tensor-of-the-release',
    fields: ['expertTensor', 'tensor'],
    broken: ({expertTensor, tensor}, {model: {experts}}) =>
      experts === null || expertTensor === tensor ? null : {expertTensor, tensor},
    message: 'releases before 2024-11 cut experts over all tensor ranks: {tensor}, not {expertTensor}',
    hint: 'set layout.expert_tensor to {tensor}',
    source: `${argumentsFile}, --expert-tensor-parallel-size since 7f22e210cd`,
    until: month('2024-11'),
  },
  {
    code: 'rank-order',
    fields: ['rankOrder'],
    broken: ({rankOrder}) =>
      isSameOrder(rankOrder, defaultRankOrder) || isSameOrder(rankOrder, pipelineBeforeData)
        ? null
        : {order: rankOrder.join(', '), usual: defaultRankOrder.join(', ')},
    message: 'ranks are not numbered in the order {order}',
    hint: 'set layout.rank_order to [{usual}], or to the same with pipeline before data',
    source: 'megatron/core/parallel_state.py:617',
  },
  {
    code: 'rank-order-of-the-release',
    fields: ['rankOrder'],
    broken: ({rankOrder}) =>
      isSameOrder(rankOrder, pipelineBeforeData) ? {order: rankOrder.join(', ')} : null,
    message: 'releases before 2024-04 do not number pipeline ranks before data ranks',
    hint: 'leave layout.rank_order out',
    source: `${argumentsFile}, --use-tp-pp-dp-mapping since 6513cde7b2`,
    until: month('2024-04'),
  },
  {...vocabularyRows, source: `${argumentsFile}:2441; vocab_utils.py`, severity: 'noted'},
  {
    ...unsupportedPrecision(['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'mxfp8', 'nvfp4'], 'fp8'),
    source: `${argumentsFile}: --fp16, --bf16, --fp8-format, --fp4-format and none other`,
  },
];

/**
 * What Megatron-LM's arguments, Megatron-Core's configuration and its schedules check at start or in the first
 * step. NVIDIA/Megatron-LM at d98e8a6.
 */
export const megatronCoreRules: readonly FrameworkRule[] = [...degreeRules, ...pipelineRules, ...stateRules];
