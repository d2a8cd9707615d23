import {recomputeWords} from '../../layout/layout.js';
import {
  noSelectiveRecompute,
  oneRankOrder,
  unsupportedOptimizer,
  unsupportedPrecision,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {onlyDataRanks} from '../pytorch-rules.js';

/** Rules of LLM Foundry and Composer. mosaicml/llm-foundry at 8c8dd48, mosaicml/composer at 6405188. */
export const llmFoundryRules: readonly FrameworkRule[] = [
  ...onlyDataRanks.map(rule => ({
    ...rule,
    source: 'llmfoundry/models/mpt/configuration_mpt.py:278, llmfoundry/tp: tensor ranks of the MLP alone',
  })),
  {
    code: 'whole-blocks-are-recomputed',
    fields: ['recompute'],
    broken: ({recompute}) => (typeof recompute === 'object' ? {recompute: recomputeWords(recompute)} : null),
    message: 'blocks are recomputed all or none, not {recompute}',
    hint: 'set layout.recompute to full or none',
    source: 'llmfoundry/models/mpt/modeling_mpt.py:1305-1345, ranges of blocks are not written here',
  },
  {...noSelectiveRecompute, source: 'llmfoundry/models/mpt/modeling_mpt.py:1305-1345'},
  {
    code: 'parameters-stay-on-devices',
    fields: ['offload'],
    broken: ({offload}) => (offload === 'none' || offload === 'activations' ? null : {offload}),
    message: 'activations alone are offloaded, not {offload}',
    hint: 'set layout.offload to none or activations',
    source: 'composer/distributed/mosaic_parallelism.py:101-106',
    error: 'ValueError',
  },
  {
    code: 'mpt-has-no-experts',
    fields: [],
    at: 'model',
    broken: (_, {model}) =>
      model.experts === null && model.attention.kind !== 'latent' ? null : {model: model.name},
    message: 'experts and latent attention are not part of an MPT model, and {model} has them',
    hint: 'choose another framework',
    source: 'llmfoundry/models/mpt/configuration_mpt.py',
  },
  {...oneRankOrder, source: 'composer/core/state.py:175-223'},
  {
    ...unsupportedPrecision(['bf16', 'fp16', 'fp32', 'fp8'], 'bf16'),
    source: 'composer/core/precision.py: amp_bf16, amp_fp16, fp32, amp_fp8',
  },
  {
    ...unsupportedOptimizer(['adam', 'lion']),
    source: 'llmfoundry/optim: decoupled_adamw, decoupled_lionw',
  },
];
