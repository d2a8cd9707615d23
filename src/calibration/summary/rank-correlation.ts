import {mean} from '../statistics.js';

/**
 * Spearman's rank correlation: 1 where both put the items in one order, -1 in opposite orders.
 * Equal values share the mean of their ranks. 0 if either list is constant.
 */
export function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  const a = centred(ranks(first));
  const b = centred(ranks(second));
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  const scale = Math.sqrt(product(a, a) * product(b, b));
  return scale === 0 ? 0 : product(a, b) / scale;
}

function centred(values: readonly number[]): number[] {
  const middle = mean(values);
  return values.map(value => value - middle);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({value, index})).sort((a, b) => a.value - b.value);
  const result = values.map(() => 0);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (order[end + 1]?.value === order[start]?.value) end += 1;
    for (const {index} of order.slice(start, end + 1)) result[index] = (start + end) / 2;
    start = end + 1;
  }
  return result;
}
