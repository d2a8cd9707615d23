import {withoutError} from '../../../law-facts.js';
import {replicasForm} from '../../forms/replicas.js';
import type {LossLaw} from '../../loss-law.js';
import {dilocoDataParallel} from './independent.js';

export const dilocoJoint = {
  ...dilocoDataParallel,
  title: 'Charles 2025 (DiLoCo), any number of replicas',
  form: replicasForm,
  coefficients: {A: withoutError(19.226), alpha: withoutError(-0.0985), beta: withoutError(0.0116)},
  source: `${dilocoDataParallel.source.replace('Table 7', 'Table 10')}`,
  range: {
    mark: 'read',
    bounds: {...dilocoDataParallel.range.bounds, replicas: {from: 1, to: 8}},
  },
  note: 'has no floor, and what replicas cost does not shrink with the model as it does in the runs',
} as const satisfies LossLaw;
