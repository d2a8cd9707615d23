import {type Mark, withoutError} from '../../law-facts.js';
import {chinchillaForm} from '../forms/chinchilla.js';
import type {LossLaw} from '../loss-law.js';

/** Refits of Sardana et al. 2024, Table 1, to runs of up to 100, 250 and 500 tokens a parameter. */
export const sardana100 = refit(100, {E: 0.17, A: 7.199, B: 25.97, alpha: 0.08, beta: 0.13});
export const sardana250 = refit(250, {E: 0.98, A: 14.23, B: 39.54, alpha: 0.13, beta: 0.16});
export const sardana500 = refit(500, {E: 0.95, A: 17.07, B: 35.8, alpha: 0.13, beta: 0.16});
export const sardana = refit(10_000, {E: 1.45, A: 33.66, B: 138.9, alpha: 0.18, beta: 0.24});

function refit(ratio: number, values: Readonly<Record<'E' | 'A' | 'B' | 'alpha' | 'beta', number>>) {
  return {
    title: `Sardana 2024, runs of up to ${ratio} tokens a parameter`,
    form: chinchillaForm,
    coefficients: {
      E: withoutError(values.E),
      A: withoutError(values.A),
      B: withoutError(values.B),
      alpha: withoutError(values.alpha),
      beta: withoutError(values.beta),
    },
    residual: null,
    counts: 'all parameters',
    unit: 'nats per token',
    source: 'Sardana et al. 2024, "Beyond Chinchilla-Optimal", Table 1',
    mark: 'read' satisfies Mark,
    range: {
      mark: 'recalled',
      bounds: {parameters: {from: 150e6, to: 6e9}, tokensPerParameter: {from: 10, to: ratio}},
    },
    note: 'fits to few tokens a parameter promise too much of many more',
  } as const satisfies LossLaw;
}
