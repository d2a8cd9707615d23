import {withoutError} from '../law-facts.js';
import type {PowerLaw} from '../power-law.js';

/** Tokens of a sequence, in whose number Power Lines and DiLoCo count batches. */
const sequenceLength = 2048;

/** Standard errors: the 2.5 to 97.5 % interval of the authors' 1,000 resamples over twice 1.96. */
const stepLawBatch = {
  title: 'Step Law 2025, best batch',
  factor: {value: 0.581, standardError: 0.428},
  exponents: {tokens: {value: 0.5709, standardError: 0.0184}},
  counts: null,
  source:
    '"Predictable Scale: Part I, Step Law" (arXiv 2503.04715); step-law/steplaw at 32a8f4c, coefficients of 1,000 resamples',
  mark: 'read',
  range: {mark: 'recalled', bounds: {tokens: {from: 2e9, to: 100e9}}},
  note: '',
} as const satisfies PowerLaw<'tokens'>;

const schaippBatch = {
  title: 'Schaipp 2026, best batch',
  factor: withoutError(0.667),
  exponents: {tokens: withoutError(0.566)},
  counts: null,
  source: 'Schaipp et al. 2026 (arXiv 2607.01487), best batch of the three-term law',
  mark: 'read',
  range: {mark: 'derived', bounds: {}},
  note: 'half to twice the batch costs about 5 % of the compute',
} as const satisfies PowerLaw<'tokens'>;

const powerLinesBatch = {
  title: 'Power Lines 2025, best batch',
  factor: withoutError(0.0306 * sequenceLength),
  exponents: {tokens: withoutError(0.383)},
  counts: null,
  source: 'Bergsma et al. 2025, "Power Lines" (arXiv 2505.13738); the exponent read, the factor recalled',
  mark: 'recalled',
  range: {mark: 'derived', bounds: {}},
  note: 'the factor fits Step Law within a tenth at 100 B tokens',
} as const satisfies PowerLaw<'tokens'>;

const powerLinesCritical = {
  ...powerLinesBatch,
  title: 'Power Lines 2025, critical batch',
  factor: withoutError(0.0471 * sequenceLength),
  exponents: {tokens: withoutError(0.462)},
  note: 'twice the fewest tokens reach the same loss at this batch; notes give 0.462 and 0.47 for the exponent',
} as const satisfies PowerLaw<'tokens'>;

const deepSeekBatch = {
  title: 'DeepSeek 2024, best batch',
  factor: withoutError(0.292),
  exponents: {flop: withoutError(0.3271)},
  counts: null,
  source: 'DeepSeek-AI 2024, "DeepSeek LLM", eq. 1',
  mark: 'read',
  range: {mark: 'recalled', bounds: {flop: {from: 1e17, to: 2e19}}},
  note: 'at its own best division of compute',
} as const satisfies PowerLaw<'flop'>;

/** The paper writes tokens, its figures show sequences. */
const dilocoSource = (table: number) =>
  `Charles et al. 2025, "Scaling Laws for DiLoCo", Table ${table}; the unit follows from its figures`;

/** Global batch at 20 tokens a parameter, over all replicas. */
const dilocoDataParallelBatch = independent('data parallel', 0.22592, 0.281);
const diloco1Batch = independent('one replica', 0.01361, 0.435);
const diloco2Batch = independent('2 replicas', 0.00769, 0.479);
const diloco4Batch = independent('4 replicas', 0.00535, 0.51);
const diloco8Batch = independent('8 replicas', 0.01859, 0.455);

const dilocoJointBatch = {
  title: 'Charles 2025 (DiLoCo), best batch',
  factor: withoutError(0.00709 * sequenceLength),
  exponents: {parameters: withoutError(0.4695), replicas: withoutError(0.3399)},
  counts: 'all parameters',
  source: dilocoSource(10),
  mark: 'read',
  range: {mark: 'read', bounds: {parameters: {from: 35e6, to: 2.4e9}, replicas: {from: 1, to: 8}}},
  note: '',
} as const satisfies PowerLaw<'parameters' | 'replicas'>;

function independent(replicas: string, factor: number, exponent: number) {
  return {
    title: `Charles 2025 (DiLoCo), best batch, ${replicas}`,
    factor: withoutError(factor * sequenceLength),
    exponents: {parameters: withoutError(exponent)},
    counts: 'all parameters',
    source: dilocoSource(9),
    mark: 'read',
    range: {mark: 'read', bounds: {parameters: {from: 35e6, to: 2.4e9}}},
    note: '',
  } as const satisfies PowerLaw<'parameters'>;
}

const kaplanCritical = {
  title: 'Kaplan 2020, critical batch',
  factor: withoutError(2e8),
  exponents: {loss: withoutError(-1 / 0.21)},
  counts: null,
  source:
    'Kaplan et al. 2020, "Scaling Laws for Neural Language Models", eq. 1.4, after McCandlish et al. 2018',
  mark: 'recalled',
  range: {mark: 'recalled', bounds: {}},
  note: 'loss in nats per token of WebText2',
} as const satisfies PowerLaw<'loss'>;

/** Laws of the batch of least loss, in tokens of an optimizer step. */
export const bestBatchLaws = {
  'step-law': stepLawBatch,
  schaipp: schaippBatch,
  'power-lines': powerLinesBatch,
  deepseek: deepSeekBatch,
  'diloco-data-parallel': dilocoDataParallelBatch,
  'diloco-1': diloco1Batch,
  'diloco-2': diloco2Batch,
  'diloco-4': diloco4Batch,
  'diloco-8': diloco8Batch,
  'diloco-joint': dilocoJointBatch,
} as const satisfies Record<string, PowerLaw<never>>;

/** Laws of the batch beyond which more of it saves little time, in tokens of an optimizer step. */
export const criticalBatchLaws = {
  'power-lines': powerLinesCritical,
  kaplan: kaplanCritical,
} as const satisfies Record<string, PowerLaw<never>>;
