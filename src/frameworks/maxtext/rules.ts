import {numMicrobatches} from '../../layout/constraints.js';
import {
  keyValueHeadsPerTensorRank,
  oneRankOrder,
  unsupportedOptimizer,
  unsupportedPrecision,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';

const types = 'src/maxtext/configs/types.py';

/** Rules that MaxText enforces. AI-Hypercomputer/maxtext at e591f30. */
export const maxtextRules: readonly FrameworkRule[] = [
  {...keyValueHeadsPerTensorRank, source: 'src/maxtext/layers/attentions.py:635', error: 'ValueError'},
  {
    code: 'micro-batches-of-a-circular-pipeline',
    fields: ['pipeline', 'data', 'microBatch'],
    countsMicrobatches: true,
    broken: (layout, {training}) => {
      const {pipeline} = layout;
      const microbatches = numMicrobatches(layout, training);
      return pipeline === 1 || !Number.isInteger(microbatches) || microbatches % pipeline === 0
        ? null
        : {microbatches, pipeline};
    },
    message: '{pipeline} stages do not divide {microbatches} micro-batches',
    hint: 'choose a multiple of {pipeline} micro-batches',
    source: `${types}:3612`,
    error: 'ValueError',
  },
  {
    code: 'layers-of-a-circular-pipeline',
    fields: ['pipeline', 'virtualStages'],
    broken: ({pipeline, virtualStages}, {model: {name, numLayers}}) =>
      numLayers % (pipeline * virtualStages) === 0
        ? null
        : {pipeline, virtualStages, model: name, layers: numLayers},
    message: '{pipeline} stages x {virtualStages} repeats do not divide the {layers} layers of {model}',
    hint: 'choose degrees whose product divides the layers',
    source: `${types}:3598`,
    error: 'ValueError',
  },
  {...oneRankOrder, source: 'src/maxtext/configs/base.yml:659-690'},
  {
    ...unsupportedPrecision(['bf16', 'fp16', 'fp32', 'int8', 'fp8', 'nvfp4'], 'bf16'),
    code: 'unsupported-precision-on-xla',
    source: 'src/maxtext/configs/base.yml: dtype and quantization',
  },
  {
    ...unsupportedOptimizer(['adam', 'adam-16bit', 'adafactor', 'muon', 'sgd-momentum']),
    code: 'unsupported-optimizer-on-xla',
    source: `${types}: opt_type; Adafactor in PaxML, recalled`,
  },
];
