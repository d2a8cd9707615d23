import type {Page} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import {wrap} from '../../../report/page/wrap.js';
import {choicesInWords, degreesInWords} from '../../../report/text/layout-words.js';
import {memoryBars, neededOfCapacity} from '../../../report/text/simulation/memory-stages.js';
import type {NoFit} from '../../planning/reply.js';

/** That no layout fits, what comes closest, and what would help. */
export function noFitLines(page: Page, {smallest, remedies}: NoFit): string[] {
  const help =
    remedies === null
      ? 'looking for what would help ...'
      : remedies.length === 0
        ? 'neither other settings nor 64 x the devices make it fit: try a smaller model or shorter sequences'
        : `try ${remedies.join(', or ')}`;
  if (smallest === null) {
    return [
      ...wrap(
        page,
        'no layout divides this plan: the degrees must multiply to its devices and divide heads, layers and batch',
      ).map(line => paint(page, 'bad', line)),
      ...wrap(page, help, {indent: '  '}),
    ];
  }
  const {layout, estimate} = smallest;
  const {peakBytes, outsideBytes, capacityBytes} = estimate.memory;
  return [
    ...wrap(
      page,
      `no layout fits: the smallest needs ${neededOfCapacity(peakBytes + outsideBytes, capacityBytes)} on each device`,
    ).map(line => paint(page, 'bad', line)),
    ...wrap(page, help, {indent: '  '}),
    '',
    paint(page, 'title', 'the layout that needs least'),
    ...wrap(page, [degreesInWords(layout), ...choicesInWords(layout)].join(', '), {indent: '  '}),
    ...memoryBars(page, estimate.memory),
  ];
}
