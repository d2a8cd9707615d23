import type {Search, SearchProgress} from '../../search/search.js';

/** A slice takes about as long as a key may wait for the thread. */
const sliceMilliseconds = 8;

/** Advances a search slice by slice; each slice visits as much as its time allows. */
export function* slices(search: Search): Generator<SearchProgress, void> {
  let began = performance.now();
  while (!search.prepare()) {
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
