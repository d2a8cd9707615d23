import type {LossForm} from '../loss-form.js';

/** L = [(N_c/N)^(alpha_N/alpha_D) + D_c/D]^alpha_D (Kaplan et al. 2020, eq. 1.5). */
export const kaplanForm = {
  kind: 'curve',
  equation: '((Nc / N)^(alphaN / alphaD) + Dc / D)^alphaD',
  reads: [],
  coefficients: {
    Nc: {coordinate: 'log', starts: [28, 31, 34]},
    Dc: {coordinate: 'log', starts: [28, 31, 34]},
    alphaN: {coordinate: 'linear', starts: [0.05, 0.1, 0.2]},
    alphaD: {coordinate: 'linear', starts: [0.05, 0.1, 0.2]},
  },
  loss: ({Nc, Dc, alphaN, alphaD}, {parameters, tokens}) =>
    ((Nc / parameters) ** (alphaN / alphaD) + Dc / tokens) ** alphaD,
} as const satisfies LossForm<'Nc' | 'Dc' | 'alphaN' | 'alphaD'>;
