import {type LossLaw, lossOf} from '../loss/loss-law.js';

/** Bounds of the size in any division of compute. */
const smallest = 1e5;
const largest = 1e14;
const steps = 80;
const goldenShare = (Math.sqrt(5) - 1) / 2;

/**
 * The size and tokens of least loss by any law, the machine ignored, where N x D = `product`: for a Chinchilla
 * form the division of `computeOptimal`. A law that reads only one of the two has its end there.
 *
 * @param uniqueTokens of the data set, for laws that read them
 */
export function leastLossOfProduct(
  law: LossLaw,
  product: number,
  uniqueTokens: number | null = null,
): {readonly parameters: number; readonly tokens: number} {
  const lossAt = (logSize: number) => {
    const tokens = product / Math.exp(logSize);
    const unique = uniqueTokens === null ? {} : {uniqueTokens: Math.min(uniqueTokens, tokens)};
    return lossOf(law, {parameters: Math.exp(logSize), tokens, ...unique});
  };
  let [low, high] = [Math.log(smallest), Math.log(Math.min(largest, product))];
  for (let step = 0; step < steps; step += 1) {
    const left = high - goldenShare * (high - low);
    const right = low + goldenShare * (high - low);
    if (lossAt(left) < lossAt(right)) high = right;
    else low = left;
  }
  const parameters = Math.exp((low + high) / 2);
  return {parameters, tokens: product / parameters};
}
