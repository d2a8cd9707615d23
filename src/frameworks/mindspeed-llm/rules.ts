import {
  offloadedOptimizerNeedsSharding,
  sequencePartsPerContextRank,
  unsupportedOptimizer,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {megatronCoreRules} from '../megatron-core/rules.js';
import {isInForce, month} from '../release.js';
import {isFlash} from '../stack.js';

/** Month of Megatron-Core 0.12.1, which it patches. */
const patchedCore = month('2025-05');

/** Checks of Megatron-Core that the patches replace or lift. */
const replaced: readonly string[] = [
  'sequence-parts-per-context-rank',
  'async-tensor-needs-sequence-parallel',
  'layers-per-virtual-stage',
  'recomputed-layers-per-virtual-stage',
  'unsupported-optimizer',
  'offloaded-optimizer-needs-sharding',
  'offloaded-optimizer-needs-adam',
  'offloaded-activations-alone',
];

/** Ascend/MindSpeed-LLM at c77308a1 and Ascend/MindSpeed at 028de58c. */
export const mindspeedLlmRules: readonly FrameworkRule[] = [
  ...megatronCoreRules
    .filter(rule => isInForce(rule, patchedCore) && !replaced.includes(rule.code))
    .map(({since: _, until: __, ...rule}) => rule),
  {
    ...sequencePartsPerContextRank,
    source: 'mindspeed/features_manager/context_parallel/context_parallel_feature.py:39-51',
    error: 'AssertionError',
  },
  {
    code: 'ring-forces-flash',
    fields: ['contextExchange', 'context'],
    broken: ({contextExchange, context}, {training, cluster: {software}}) => {
      const kernel = training.attentionKernel ?? software.attentionKernel;
      return context === 1 || contextExchange !== 'ring' || isFlash(kernel) ? null : {kernel};
    },
    message: 'a ring of context ranks runs flash attention, not {kernel}',
    hint: 'leave training.attention_kernel out',
    source: 'mindspeed/features_manager/context_parallel/context_parallel_feature.py:39-51',
    severity: 'noted',
  },
  {
    code: 'dense-layers-of-the-first-stage',
    fields: ['pipeline'],
    broken: ({pipeline}, {model: {name, numLayers, experts}}) =>
      experts === null || experts.numDenseLayers === 0 || experts.numDenseLayers < numLayers / pipeline
        ? null
        : {pipeline, dense: experts.numDenseLayers, layers: numLayers, model: name},
    message:
      'the first of {pipeline} stages holds no more than the {dense} dense layers of the {layers} of {model}',
    hint: 'choose a smaller pipeline degree',
    source: 'mindspeed_llm/features_manager/transformer/transformer_block.py:14-19',
    error: 'AssertionError',
  },
  {
    ...offloadedOptimizerNeedsSharding,
    source: 'mindspeed/features_manager/optimizer/swap_optimizer_feature.py:22-30',
    error: 'ValueError',
  },
  {
    ...unsupportedOptimizer(['adam', 'adam-16bit', 'adam-8bit', 'muon', 'sgd-momentum']),
    source: 'mindspeed/features_manager/optimizer',
  },
];
