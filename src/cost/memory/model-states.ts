import type {SoftwareStack} from '../../frameworks/stack.js';

import type {Optimizer, Training} from '../../plan/training.js';
import {activationBytesOf, keptGradientBytes} from '../workload/number-formats.js';

/** Bytes that the states of one parameter take, before any sharding. */
export interface StateBytes {
  /** Between steps. */
  readonly weight: number;
  /** The copy that the matrix units read, and a gradient before it is accumulated. */
  readonly pass: number;
  readonly gradient: number;
  /** Master weights and moments. */
  readonly optimizer: number;
  /** Copy of the gradient in 32 bits that the optimizer works on, of the shard that it updates. */
  readonly update: number;
  /** Kept by an optimizer over replicas (DiLoCo), beside the inner one. */
  readonly outer: number;
}

/**
 * Bytes a parameter of mixed-precision training: Adam keeps 4 bytes of master weight and two
 * moments of 4, so 16 with 16-bit and 18 with 32-bit gradients. Rajbhandari et al. 2020 sec. 3.1;
 * Korthikanti et al. 2022 sec. 4.
 */
export function stateBytes(training: Training, software: SoftwareStack): StateBytes {
  const wide = activationBytesOf(training.precision) === 4;
  const {weightBytes, shardGradientBytes} = software.memory;
  const weight = wide ? 4 : weightBytes;
  const gradient = keptGradientBytes(training, software);
  return {
    weight,
    pass: wide ? 4 : 2,
    gradient,
    // Weights of 32 bits are their own master copy.
    optimizer: (weight === 4 ? 0 : 4) + shardGradientBytes + momentBytes[training.optimizer],
    update: gradient === 2 && weight !== 4 && shardGradientBytes === 0 ? 4 : 0,
    outer: training.outerStateBytes ?? 0,
  };
}

/**
 * Moments of each optimizer. Adafactor keeps row and column sums only (Shazeer & Stern 2018),
 * Lion and SGD one moment, 16-bit Adam two moments of 2 bytes (DeepSeek-V3, arXiv 2412.19437 sec. 3.3.3), Muon one moment for matrices (Jordan et al. 2024), 8-bit Adam two
 * moments of one byte with a scale for each block of 2048 (Dettmers et al. 2022).
 */
const momentBytes: Record<Optimizer, number> = {
  adam: 8,
  'adam-16bit': 4,
  'adam-8bit': 2 + (2 * 4) / 2048,
  adafactor: 0.01,
  lion: 4,
  muon: 4,
  'sgd-momentum': 4,
};
