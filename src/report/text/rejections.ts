import type {SearchResult} from '../../search/search-result.js';
import {formatCount, formatSeconds} from '../../units/format-quantity.js';
import type {SearchTiming} from '../json/plan-json.js';
import type {Page} from '../page/page.js';
import {paint} from '../page/paint.js';
import {wrap} from '../page/wrap.js';
import {degreesInWords, recomputeInWords} from './layout-words.js';
import {neededOfCapacity} from './memory-stages.js';

/** Why layouts fell, most frequent reason first, each with the one that came closest. */
export function rejectionLines(page: Page, {rejected}: SearchResult): string[] {
  if (rejected.length === 0) return [];
  return [
    '',
    paint(page, 'title', 'why others fell'),
    ...rejected.flatMap(({reason, count, example}) => {
      const closest = `${degreesInWords(example.layout)}, micro-batch ${example.layout.microBatch}, recompute ${recomputeInWords(example.layout)}`;
      return wrap(
        page,
        `${formatCount(count)} ${reason}; closest: ${closest} with ${neededOfCapacity(example.neededBytes, example.capacityBytes)}`,
        {indent: '  ', hanging: '    '},
      );
    }),
  ];
}

/** What the search can prove about its answer, in a sentence. */
export function certificateLines(
  page: Page,
  {counts, optimal}: SearchResult,
  {seconds}: SearchTiming,
): string[] {
  const {space, evaluated, excludedByMemory, excludedByBound} = counts;
  const looked = [
    `${evaluated} timed`,
    `${excludedByMemory} out of memory`,
    ...(excludedByBound > 0 ? [`${excludedByBound} slower by a proved bound`] : []),
  ].join(', ');
  const verdict = optimal ? 'no layout of the space is faster' : 'the search did not end';
  const took = seconds === null ? '' : `, in ${formatSeconds(seconds)}`;
  return wrap(page, `${verdict}: ${space} layouts = ${looked}${took}`).map(line =>
    paint(page, 'quiet', line),
  );
}
