import {flooredPowerLawForm} from '../../forms/power-law.js';
import {flooredReplicasForm} from '../../forms/replicas.js';
import type {LossLaw} from '../../loss-law.js';
import {dilocoJoint} from './joint.js';

/*
 * Fitted by `walltime fit-law` (1000 resamples, seed 1) to the losses of Charles et al. 2025, Tables 4 and 5.
 * Fitted to Table 4 alone, up to 2.4B, the same forms are within 0.4 % of the runs of 4B and 0.8 to 1.2 %
 * below those of 10B.
 */

const source = 'fitted to Charles et al. 2025, Tables 4 and 5; form of Table 13';

export const dilocoFloorDataParallel = {
  ...dilocoJoint,
  title: 'Charles 2025 (DiLoCo), data parallel, with a floor',
  form: flooredPowerLawForm,
  coefficients: {
    C: {value: 1.06153, standardError: 0.139},
    A: {value: 34.4268, standardError: 5.22},
    alpha: {value: -0.152702, standardError: 0.0119},
  },
  covariance: [
    [0.02396866, 0.02554127, -0.001968628],
    [0.02554127, 0.03158024, -0.002358356],
    [-0.001968628, -0.002358356, 0.0001773921],
  ],
  residual: 0.0027,
  source,
  mark: 'derived',
  range: {
    mark: 'read',
    bounds: {parameters: {from: 35e6, to: 10e9}, tokensPerParameter: {from: 19, to: 21}},
  },
  note: '',
} as const satisfies LossLaw;

export const dilocoFloor = {
  ...dilocoFloorDataParallel,
  title: 'Charles 2025 (DiLoCo), any number of replicas, with a floor',
  form: flooredReplicasForm,
  coefficients: {
    C: {value: 1.18657, standardError: 0.104},
    A: {value: 44.9952, standardError: 6.72},
    alpha: {value: -0.170723, standardError: 0.0112},
    beta: {value: 0.000300819, standardError: 0.0000449},
  },
  covariance: [
    [0.008600334, 0.01322241, -0.0009663154, 2.239082e-6],
    [0.01322241, 0.02187526, -0.00157257, 3.139987e-6],
    [-0.0009663154, -0.00157257, 0.0001135339, -2.393502e-7],
    [2.239082e-6, 3.139987e-6, -2.393502e-7, 1.857573e-9],
  ],
  residual: 0.0039,
  range: {
    mark: 'read',
    bounds: {...dilocoFloorDataParallel.range.bounds, replicas: {from: 1, to: 8}},
  },
} as const satisfies LossLaw;
