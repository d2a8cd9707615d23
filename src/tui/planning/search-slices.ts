import type {Search, SearchProgress} from '../../search/search.js';

/** Length of a slice: the longest that a newer job waits for the thread. */
const sliceMilliseconds = 8;

/** Advances a search slice by slice; the work of a slice follows the speed of the last one. */
export function* searchSlices(search: Search): Generator<SearchProgress, void> {
  let began = performance.now();
  while (!search.warmStart()) {
    if (performance.now() - began < sliceMilliseconds) continue;
    yield search.progress();
    began = performance.now();
  }
  let units = 1;
  for (;;) {
    const started = performance.now();
    const finished = search.advance(units);
    if (finished) return;
    const took = performance.now() - started;
    units = Math.max(1, Math.round(units * Math.min(4, sliceMilliseconds / Math.max(took, 0.1))));
    yield search.progress();
  }
}
