import {countParameters} from '../../../model/parameters.js';
import {numReplicas} from '../../../plan/plan.js';
import {candidateAt, type ScaleCandidate} from '../candidate.js';
import type {TrainingLimit} from '../limit.js';
import type {SpeedTable} from '../speeds/speed-table.js';

/** Largest factor between a size and the best one, and number of sizes on either side. */
const within = 4;
const onEitherSide = 4;

/**
 * Smaller and larger models at the batch of the best one, each trained to the same limit: how flat the loss is
 * about its least. Smallest first, the best among them; sizes that do not fit are left out.
 */
export function otherSizes(table: SpeedTable, best: ScaleCandidate, limit: TrainingLimit): ScaleCandidate[] {
  const batch = table.batches.indexOf(best.plan.training.globalBatch * numReplicas(best.plan));
  const own = countParameters(best.plan.model).total;
  const places = table.sizes.flatMap(({parameters}, size) => {
    const ratio = parameters / own;
    return ratio !== 1 && ratio <= within && ratio >= 1 / within ? [{size, isSmaller: ratio < 1}] : [];
  });
  const smaller = places.filter(({isSmaller}) => isSmaller).reverse();
  const larger = places.filter(({isSmaller}) => !isSmaller);
  const trained = (sizes: readonly {readonly size: number}[]) =>
    thinned(sizes).flatMap(({size}) => {
      const speed = table.likelySpeed(size, batch);
      const candidate = speed && candidateAt(speed, limit);
      return candidate === null ? [] : [candidate];
    });
  return [...trained(smaller).reverse(), best, ...trained(larger)];
}

/** Every n-th value, the last among them. */
function thinned<Value>(values: readonly Value[]): Value[] {
  const stride = Math.ceil(values.length / onEitherSide);
  return values.filter((_, i) => (i + 1) % stride === 0 || i === values.length - 1);
}
