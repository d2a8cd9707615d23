/**
 * @typedef {object} Fact
 * @property {string} name
 * @property {number} start
 * @property {number} low a physical bound, as `high`
 * @property {number} high
 */

/** Part of the range of a fact that the search moves at first, and at last. */
const firstStep = 0.25;
const lastStep = 1e-3;

/**
 * Facts within their bounds that make `loss` smallest: moves one fact at a time, and halves the step
 * when no move helps. Needs no gradient, which ceilings and medians do not have.
 *
 * @param {readonly Fact[]} facts
 * @param {(values: Record<string, number>) => number} loss
 * @returns {Record<string, number>}
 */
export function patternSearch(facts, loss) {
  /** @type {Record<string, number>} */
  const best = Object.fromEntries(facts.map(({name, start}) => [name, start]));
  let least = loss(best);
  for (let step = firstStep; step > lastStep; ) {
    let improved = false;
    for (const {name, low, high} of facts) {
      const before = best[name] ?? low;
      for (const direction of [step, -step]) {
        const value = Math.min(high, Math.max(low, before + direction * (high - low)));
        const found = loss({...best, [name]: value});
        if (found < least) {
          least = found;
          best[name] = value;
          improved = true;
        }
      }
    }
    if (!improved) step /= 2;
  }
  return best;
}
