import {numMicrobatches} from '../../layout/constraints.js';
import {
  asyncTensorNeedsSequenceParallel,
  keyValueHeadsPerTensorRank,
  noExpertDegree,
  noSelectiveRecompute,
  oneRankOrder,
  unsupportedOptimizer,
  unsupportedPrecision,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {month} from '../release.js';

/** Rules that nanotron enforces. huggingface/nanotron at 2411b02. */
export const nanotronRules: readonly FrameworkRule[] = [
  {...keyValueHeadsPerTensorRank, source: 'src/nanotron/models/llama.py:348-352', error: 'AssertionError'},
  {
    code: 'micro-batches-per-stage-but-one',
    fields: ['schedule', 'pipeline', 'data', 'microBatch'],
    countsMicrobatches: true,
    broken: (layout, {training}) => {
      const {schedule, pipeline} = layout;
      const microbatches = numMicrobatches(layout, training);
      return schedule !== '1f1b' || !Number.isInteger(microbatches) || microbatches >= pipeline - 1
        ? null
        : {microbatches, least: pipeline - 1};
    },
    message: '1f1b needs at least pipeline - 1 = {least} micro-batches, and there are {microbatches}',
    hint: 'choose a larger batch, a smaller micro-batch, or layout.schedule gpipe',
    source: 'src/nanotron/parallel/pipeline_parallel/engine.py:252',
    error: 'AssertionError',
  },
  {...noExpertDegree, source: 'src/nanotron/parallel/context.py:60-70', error: 'ValueError'},
  {
    ...asyncTensorNeedsSequenceParallel,
    source: 'src/nanotron/parallel/tensor_parallel/nn.py:146',
    error: 'ValueError',
  },
  {
    code: 'context-without-a-pipeline',
    fields: ['context', 'pipeline'],
    broken: ({context, pipeline}) => (context === 1 || pipeline === 1 ? null : {context, pipeline}),
    message: 'context {context} does not go with a pipeline of {pipeline} stages',
    hint: 'set layout.context or layout.pipeline to 1',
    source: 'src/nanotron/trainer.py:645',
    error: 'NotImplementedError',
  },
  {
    code: 'sharded-optimizer-with-wide-gradients',
    fields: ['sharding', 'data'],
    broken: ({sharding, data}, {training, cluster: {software}}) => {
      const bytes = training.gradientBytes ?? software.gradientBytes;
      return sharding === 'none' || data === 1 || bytes === 2 ? null : {bits: 8 * bytes};
    },
    message: 'a sharded optimizer does not accumulate gradients in {bits} bits since 2025-06-23',
    hint: 'set training.gradient_bits to 16, layout.sharding to none, or name an earlier release',
    source: 'src/nanotron/optim/gradient_accumulator.py:355, since 7bc99232',
    error: 'NotImplementedError',
    since: month('2025-06'),
  },
  {...noSelectiveRecompute, source: 'src/nanotron/config/parallelism_config.py: recompute_layer'},
  {...oneRankOrder, source: 'src/nanotron/parallel/context.py:60-70'},
  {...unsupportedOptimizer(['adam', 'sgd-momentum']), source: 'src/nanotron/config/config.py: adamW, sgd'},
  {...unsupportedPrecision(['bf16', 'fp16', 'fp32'], 'bf16'), source: 'src/nanotron/config/config.py: dtype'},
];
