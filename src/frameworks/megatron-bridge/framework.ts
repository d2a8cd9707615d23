import {isSameOrder, pipelineBeforeData} from '../../layout/layout.js';
import {asyncTensorNeedsSequenceParallel} from '../equations.js';
import {type Framework, type FrameworkRule, fixedDefault} from '../framework.js';
import {megatronCoreDefaults} from '../megatron-core/defaults.js';
import {bridgeRecipeDefaults} from '../megatron-core/recipe-defaults.js';
import {megatronCoreRules} from '../megatron-core/rules.js';
import {month} from '../release.js';

/** What differs from Megatron-Core. NVIDIA-NeMo/Megatron-Bridge at 067f987df. */
const ownRules: readonly FrameworkRule[] = [
  {
    ...asyncTensorNeedsSequenceParallel,
    message: 'the overlap of tensor-parallel communication is switched off without sequence parallelism',
    source: 'src/megatron/bridge/training/comm_overlap.py:466-476',
    severity: 'noted',
  },
  {
    code: 'fsdp-rank-order',
    fields: ['rankOrder', 'sharding'],
    broken: ({rankOrder, sharding}) =>
      sharding === 'none' || sharding === 'optimizer' || !isSameOrder(rankOrder, pipelineBeforeData)
        ? null
        : {sharding, order: rankOrder.join(', ')},
    message: 'sharded {sharding} do not run with ranks in the order {order}',
    hint: 'leave layout.rank_order out',
    source: 'src/megatron/bridge/training/config.py:1124',
    error: 'AssertionError',
  },
];

/** Stack with the settings of the performance recipes. */
const performanceStack = 'megatron-bridge-performance';

export const megatronBridgeFramework: Framework = {
  name: 'megatron-bridge',
  title: 'Megatron-Bridge',
  aliases: [
    {pattern: /megatron[- ]bridge|nemo[- ]bridge|\bmbridge\b/},
    {pattern: /^megatron-bridge-26\.06$/, stack: performanceStack},
    // Containers from 26.06 on, of which all published runs on Blackwell are of performance recipes.
    {
      pattern: /^megatron-bridge (26\.(0[6-9]|1[0-2])|(2[7-9]|[3-9]\d)\.\d\d)/,
      needs: 'nvfp4',
      stack: performanceStack,
    },
  ],
  releases: [
    {version: '0.1.0rc4', month: month('2025-10')},
    {version: '0.2.0', month: month('2025-11')},
    {version: '0.3.0', month: month('2026-02')},
    {version: '0.4.0', month: month('2026-04')},
    {version: '0.5.0', month: month('2026-06')},
    {version: '0.6.0', month: month('2026-08')},
  ],
  readAt: month('2026-08'),
  rules: [
    ...megatronCoreRules.filter(({code}) => code !== asyncTensorNeedsSequenceParallel.code),
    ...ownRules,
  ],
  defaults: {
    ...megatronCoreDefaults,
    sharding: fixedDefault(
      'optimizer',
      'src/megatron/bridge/recipes/common.py:37-110: use_distributed_optimizer',
    ),
    overlapGradients: fixedDefault(true, 'src/megatron/bridge/recipes/common.py:37-110: overlap_grad_reduce'),
    overlapParameters: {
      value: ({sharding}) => sharding !== 'none',
      source: 'src/megatron/bridge/recipes/common.py:37-110: overlap_param_gather',
    },
  },
  recipeDefaults: bridgeRecipeDefaults,
  recomputesModules: true,
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
