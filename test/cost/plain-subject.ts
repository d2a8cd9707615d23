import {serialLayout} from '../../src/layout/fields.js';
import type {Layout} from '../../src/layout/layout.js';
import type {Training} from '../../src/plan/training.js';
import {gpt} from '../model/shapes.js';

/** A dense model of 16 heads, and a layout without any parallelism to start from. */
export const model = gpt({layers: 16, hidden: 2048, heads: 16, vocabulary: 51200});

export const layout: Layout = serialLayout;

export const training: Training = {
  tokens: 1e9,
  sequenceLength: 2048,
  globalBatch: 64,
  precision: 'bf16',
  optimizer: 'adam',
  attentionKernel: null,
  gradientBytes: null,
  expertImbalance: 1,
};
