import type {SearchResult} from '../../../search/search-result.js';
import {formatCount} from '../../../units/format-quantity.js';
import {paint} from '../../terminal/paint.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';
import {formatDegrees, formatRecompute} from '../../words/format-layout.js';
import {neededOfCapacity, rejectionReason} from '../../words/rejection-reason.js';

/** Why layouts fell, most frequent reason first, each with the one that came closest. */
export function rejectionLines(style: TerminalStyle, {rejected}: Pick<SearchResult, 'rejected'>): string[] {
  if (rejected.length === 0) return [];
  return [
    '',
    paint(style, 'title', 'why others fell'),
    ...rejected.flatMap(rejection => {
      const {count, example} = rejection;
      const closest = `${formatDegrees(example.layout)}, micro-batch ${example.layout.microBatch}, recompute ${formatRecompute(example.layout)}`;
      return wrap(
        style,
        `${formatCount(count)} ${rejectionReason(rejection)}; closest: ${closest} with ${neededOfCapacity(example.neededBytes, example.capacityBytes)}`,
        {indent: '  ', hanging: '    '},
      );
    }),
  ];
}
