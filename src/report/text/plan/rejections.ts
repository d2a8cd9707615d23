import type {SearchResult} from '../../../search/search-result.js';
import {formatCount} from '../../../units/format-quantity.js';
import type {TerminalStyle} from '../../page/page.js';
import {paint} from '../../page/paint.js';
import {wrap} from '../../page/wrap.js';
import {rejectionReason} from '../../words/rejection-reason.js';
import {formatDegrees, formatRecompute} from '../format-layout.js';
import {neededOfCapacity} from '../simulation/memory-stages.js';

/** Why layouts fell, most frequent reason first, each with the one that came closest. */
export function rejectionLines(page: TerminalStyle, {rejected}: Pick<SearchResult, 'rejected'>): string[] {
  if (rejected.length === 0) return [];
  return [
    '',
    paint(page, 'title', 'why others fell'),
    ...rejected.flatMap(rejection => {
      const {count, example} = rejection;
      const closest = `${formatDegrees(example.layout)}, micro-batch ${example.layout.microBatch}, recompute ${formatRecompute(example.layout)}`;
      return wrap(
        page,
        `${formatCount(count)} ${rejectionReason(rejection)}; closest: ${closest} with ${neededOfCapacity(example.neededBytes, example.capacityBytes)}`,
        {indent: '  ', hanging: '    '},
      );
    }),
  ];
}
