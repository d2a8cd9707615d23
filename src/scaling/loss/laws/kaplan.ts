import {withoutError} from '../../law-facts.js';
import {kaplanForm} from '../forms/kaplan.js';
import type {LossLaw} from '../loss-law.js';

export const kaplan = {
  title: 'Kaplan 2020',
  form: kaplanForm,
  coefficients: {
    Nc: withoutError(6.4e13),
    Dc: withoutError(1.8e13),
    alphaN: withoutError(0.076),
    alphaD: withoutError(0.103),
  },
  residual: null,
  counts: 'without embeddings',
  unit: 'nats per token',
  source: 'Kaplan et al. 2020, "Scaling Laws for Neural Language Models", eq. 1.5 and Table 2',
  mark: 'read',
  range: {
    mark: 'recalled',
    bounds: {parameters: {from: 768, to: 1.5e9}, tokens: {from: 22e6, to: 23e9}},
  },
  note: 'its learning rate schedules were not matched to the run, so it favours large models too much',
} as const satisfies LossLaw;
