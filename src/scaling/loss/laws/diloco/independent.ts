import {type Mark, withoutError} from '../../../law-facts.js';
import {powerLawForm} from '../../forms/power-law.js';
import type {LossLaw} from '../../loss-law.js';

/** Data parallel, and DiLoCo with M replicas and a synchronisation every 30 steps, each fitted by itself. */
export const dilocoDataParallel = independent('data parallel', 18.129, -0.0953);
export const diloco1 = independent('one replica', 18.363, -0.0961);
export const diloco2 = independent('2 replicas', 18.768, -0.0969);
export const diloco4 = independent('4 replicas', 19.762, -0.0992);
export const diloco8 = independent('8 replicas', 21.051, -0.1018);

function independent(replicas: string, A: number, alpha: number) {
  return {
    title: `Charles 2025 (DiLoCo), ${replicas}`,
    form: powerLawForm,
    coefficients: {A: withoutError(A), alpha: withoutError(alpha)},
    // Table 11: mean of |log(law / run)| with the largest model held out.
    residual: 0.012,
    counts: 'all parameters',
    unit: 'nats per token',
    source:
      'Charles et al. 2025, "Communication-Efficient Language Model Training Scales Reliably and Robustly: Scaling Laws for DiLoCo", Table 7',
    mark: 'read' satisfies Mark,
    range: {
      mark: 'read',
      bounds: {parameters: {from: 35e6, to: 2.4e9}, tokensPerParameter: {from: 19, to: 21}},
    },
    note: 'has no floor: 0.9 % too low at 4B and 3.4 % at 10B, where diloco-floor holds',
  } as const satisfies LossLaw;
}
