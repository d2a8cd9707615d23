import type {PowerLaw} from '../power-law.js';
import {deepSeekRate} from './laws/deepseek.js';
import {
  diloco1Rate,
  diloco2Rate,
  diloco4Rate,
  diloco8Rate,
  dilocoDataParallelRate,
  dilocoJointRate,
} from './laws/diloco.js';
import {mm1Rate} from './laws/mm1.js';
import {stepLawRate} from './laws/step-law.js';

/** Laws of the peak learning rate of least loss. */
export const learningRateLaws = {
  'step-law': stepLawRate,
  deepseek: deepSeekRate,
  mm1: mm1Rate,
  'diloco-data-parallel': dilocoDataParallelRate,
  'diloco-1': diloco1Rate,
  'diloco-2': diloco2Rate,
  'diloco-4': diloco4Rate,
  'diloco-8': diloco8Rate,
  'diloco-joint': dilocoJointRate,
} as const satisfies Record<string, PowerLaw<never>>;
