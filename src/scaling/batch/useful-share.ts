import {powerLawValue} from '../power-law.js';
import {bestBatchLaws, criticalBatchLaws} from './batch-laws.js';
import {usefulTokens} from './critical-batch.js';

/** A training by its length and its batch, both in tokens. */
export interface BatchUse {
  readonly tokens: number;
  readonly batch: number;
}

/** How a batch stands to the laws of batches. */
export interface BatchFit {
  /** Of least loss (Step Law), in tokens. */
  readonly best: number;
  /** From which on more of it saves little time (Power Lines), in tokens. */
  readonly critical: number;
  /** Share of the tokens that count towards the loss: 1 at the best batch. */
  readonly usefulShare: number;
}

/** A batch of half or twice the best one costs about this share of the compute (Schaipp et al. 2026, arXiv 2607.01487). */
const lossOfTwo = 0.05;

/**
 * What a batch makes of its tokens. Loss laws are fitted to runs of good batches, so the best one keeps
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
