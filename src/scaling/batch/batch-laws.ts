import type {PowerLaw} from '../power-law.js';
import {deepSeekBatch} from './laws/deepseek.js';
import {
  diloco1Batch,
  diloco2Batch,
  diloco4Batch,
  diloco8Batch,
  dilocoDataParallelBatch,
  dilocoJointBatch,
} from './laws/diloco.js';
import {kaplanCritical} from './laws/kaplan.js';
import {powerLinesBatch, powerLinesCritical} from './laws/power-lines.js';
import {schaippBatch} from './laws/schaipp.js';
import {stepLawBatch} from './laws/step-law.js';

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
