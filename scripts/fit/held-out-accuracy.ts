import {groupBy, mean, median} from '../../src/calibration/statistics.js';
import type {HeldOutError} from './held-out.js';

/** Accuracy of held-out predictions of one source. */
export interface SourceAccuracy {
  readonly source: string;
  readonly rows: number;
  readonly mape: number;
  readonly median: number;
}

function accuracyBySource(errors: readonly HeldOutError[]): readonly SourceAccuracy[] {
  return [...groupBy(errors, ({run}) => run.source)].map(([source, own]) => {
    const sizes = own.map(({error}) => Math.abs(Math.exp(error) - 1));
    return {source, rows: own.length, mape: mean(sizes), median: median(sizes)};
  });
}

/** Sources with fewer rows, or whose single runs are too noisy, do not count in means over sources. */
const fewestRows = 10;
const noisy = ['nanotron', 'bigsciV100'];

/** Held-out errors by source, over sources and over rows. */
export function summary(errors: readonly HeldOutError[]) {
  const sources = accuracyBySource(errors);
  const counted = sources.filter(({source, rows}) => rows >= fewestRows && !noisy.includes(source));
  const sizes = errors.map(({error}) => Math.abs(Math.exp(error) - 1));
  const quiet = errors
    .filter(({run}) => !noisy.includes(run.source))
    .map(({error}) => Math.abs(Math.exp(error) - 1));
  const percent = (value: number) => Number((100 * value).toFixed(2));
  return {
    meanOverSources: {
      sources: counted.length,
      mapePercent: percent(mean(counted.map(({mape}) => mape))),
      medianPercent: percent(mean(counted.map(source => source.median))),
    },
    overRows: {rows: sizes.length, medianPercent: percent(median(sizes))},
    overRowsOfQuietSources: {rows: quiet.length, medianPercent: percent(median(quiet))},
    sources: sources.map(({source, rows, mape, median: middle}) => ({
      source,
      rows,
      mapePercent: percent(mape),
      medianPercent: percent(middle),
    })),
  };
}
