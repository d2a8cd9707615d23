import {powerLawValue} from '../power-law.js';
import {bestBatchLaws, criticalBatchLaws} from './batch-laws.js';

/**
 * Tokens that a batch far below the critical one would have needed for the loss that `tokens` reach in
 * batches of `batch`; all three in tokens. The hyperbola (S/S_min - 1)(D/D_min - 1) = 1 of steps and tokens
 * (McCandlish et al. 2018, "An Empirical Model of Large-Batch Training", eq. 2.11; Kaplan et al. 2020, sec. 5.1).
 */
export function usefulTokens(tokens: number, batch: number, criticalBatch: number): number {
  return tokens / (1 + batch / criticalBatch);
}

/** Length and batch of a training run, both in tokens. */
export interface BatchUse {
  readonly tokens: number;
  readonly batch: number;
}

/** A batch compared with the laws of the best and of the critical batch. */
export interface BatchFit {
  /** Batch of least loss by Step Law, tokens. */
  readonly best: number;
  /** Batch beyond which more of it saves little time, by Power Lines, tokens. */
  readonly critical: number;
  /** Share of the tokens that count towards the loss: 1 at the best batch. */
  readonly usefulShare: number;
}

/** A batch of half or twice the best one costs about this share of the compute (Schaipp et al. 2026, arXiv 2607.01487). */
const lossOfTwo = 0.05;

/**
 * Share of the tokens that count at a batch. Loss laws are fitted to runs of good batches, so the best one keeps
 * all of them. Above it they count by the hyperbola of the critical batch, taken relative to the best one;
 * below it the optimizer's noise costs compute, by the square of the octaves (derived from the one
 * published point).
 */
export function batchFit({tokens, batch}: BatchUse): BatchFit {
  const best = powerLawValue(bestBatchLaws['step-law'], {tokens});
  const critical = powerLawValue(criticalBatchLaws['power-lines'], {tokens});
  const usefulShare =
    batch > best
      ? usefulTokens(1, batch, critical) / usefulTokens(1, best, critical)
      : 1 / (1 + lossOfTwo * Math.log2(batch / best) ** 2);
  return {best, critical, usefulShare};
}
