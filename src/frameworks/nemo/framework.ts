import {asyncTensorNeedsSequenceParallel} from '../equations.js';
import {type Framework, fixedDefault} from '../framework.js';
import {megatronCoreDefaults} from '../megatron-core/defaults.js';
import {coreRecipeDefaults} from '../megatron-core/recipe-defaults.js';
import {megatronCoreRules} from '../megatron-core/rules.js';
import {month} from '../release.js';

/** Checks of Megatron-LM's arguments that NeMo does not run, and has none of its own for. */
const argumentChecks: readonly string[] = [
  asyncTensorNeedsSequenceParallel.code,
  'prediction-layers-need-rotary-positions',
];

/** NVIDIA/NeMo at 8cfedd7203: the rules of the Megatron-Core that it installs, checked as the model is built. */
export const nemoFramework: Framework = {
  name: 'nemo',
  title: 'NeMo',
  aliases: [{pattern: /^nemo(?![- ]bridge).*/}],
  releases: [
    {version: '2.0.0', month: month('2024-11')},
    {version: '2.1.0', month: month('2025-01')},
    {version: '2.2.0', month: month('2025-03')},
    {version: '2.3.0', month: month('2025-08')},
    {version: '2.4.0', month: month('2025-08')},
    {version: '2.5.0', month: month('2025-09')},
  ],
  readAt: month('2025-09'),
  rules: [
    ...megatronCoreRules.filter(({code}) => !argumentChecks.includes(code)),
    {
      ...asyncTensorNeedsSequenceParallel,
      message: 'the overlap of tensor-parallel communication is switched off without sequence parallelism',
      source: 'nemo/lightning/pytorch/callbacks/megatron_comm_overlap.py:143-151',
      severity: 'noted',
    },
  ],
  defaults: {
    ...megatronCoreDefaults,
    overlapGradients: fixedDefault(
      true,
      'nemo/collections/llm/recipes/llama3_70b.py: overlap_grad_reduce in every recipe',
    ),
    overlapParameters: {
      value: ({sharding}) => sharding !== 'none',
      source: 'nemo/collections/llm/recipes/llama3_70b.py: overlap_param_gather in every recipe',
    },
  },
  recipeDefaults: coreRecipeDefaults,
  recomputesModules: true,
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
