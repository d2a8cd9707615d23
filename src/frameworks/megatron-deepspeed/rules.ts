import {
  noExpertDegree,
  noGroupedHeads,
  noSelectiveRecompute,
  noSequenceParallel,
  oneRankOrder,
  unsupportedOptimizer,
  unsupportedPrecision,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';

const argumentsFile = 'megatron/arguments.py';

/**
 * Checks of BigScience's fork, whose models always run in DeepSpeed's pipeline engine.
 * bigscience-workshop/Megatron-DeepSpeed at 8387ae17.
 */
export const megatronDeepspeedRules: readonly FrameworkRule[] = [
  {...noGroupedHeads, source: 'megatron/model/transformer.py: queries, keys and values of as many heads'},
  {
    code: 'layer-for-every-stage',
    fields: ['pipeline'],
    broken: ({pipeline}, {model: {name, numLayers}}) =>
      pipeline <= numLayers ? null : {pipeline, layers: numLayers, model: name},
    message: 'every one of {pipeline} stages needs a layer, and {model} has {layers}',
    hint: 'choose at most {layers} stages',
    source: 'megatron/model/gpt_model.py:313-327',
  },
  {...noExpertDegree, source: `${argumentsFile}: no option for it`},
  {...noSequenceParallel, source: `${argumentsFile}: no option for it, norms are replicated`},
  {...noSelectiveRecompute, source: `${argumentsFile}: --checkpoint-activations, every n-th layer boundary`},
  {
    code: 'sharded-optimizer-of-bf16',
    fields: ['sharding', 'data'],
    broken: ({sharding, data}, {training: {precision}}) =>
      sharding !== 'none' || data === 1 || precision !== 'bf16' ? null : {precision},
    message:
      'in {precision} the pipeline engine shards the optimizer, although the configuration says stage 0',
    hint: 'set layout.sharding to optimizer',
    source: `${argumentsFile}:181; deepspeed/runtime/bf16_optimizer.py`,
    severity: 'noted',
  },
  {...oneRankOrder, source: 'deepspeed/runtime/pipe/topology.py: pipe, data, model'},
  {
    ...unsupportedPrecision(['fp32', 'tf32', 'fp16', 'bf16'], 'bf16'),
    source: `${argumentsFile}:678-680: --fp16, --bf16 or neither`,
  },
  {
    ...unsupportedOptimizer(['adam', 'adam-8bit', 'sgd-momentum']),
    source: `${argumentsFile}:552-555: choices of --optimizer, and --use-bnb-optimizer`,
    error: 'SystemExit',
  },
];
