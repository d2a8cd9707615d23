import type {TerminalStyle} from '../../../report/page/page.js';
import {paint} from '../../../report/page/paint.js';
import {wrap} from '../../../report/page/wrap.js';
import {formatChoices, formatDegrees} from '../../../report/text/format-layout.js';
import {memoryBars, neededOfCapacity} from '../../../report/text/simulation/memory-stages.js';
import type {NoFit} from '../../planning/reply.js';

/** Lines on a plan that fits nowhere: the layout that needs the least memory, and changes that would help. */
export function noFitLines(page: TerminalStyle, {smallest, remedies}: NoFit): string[] {
  const help = wrap(page, formatRemedies(remedies), {indent: '  '});
  if (smallest === null) {
    const why =
      'no layout divides this plan: the degrees must multiply to its devices and divide heads, layers and batch';
    return [...wrap(page, why).map(line => paint(page, 'bad', line)), ...help];
  }
  const {layout, estimate} = smallest;
  const {peakBytes, outsideBytes, capacityBytes} = estimate.memory;
  const needed = neededOfCapacity(peakBytes + outsideBytes, capacityBytes);
  return [
    ...wrap(page, `no layout fits: the smallest needs ${needed} on each device`).map(line =>
      paint(page, 'bad', line),
    ),
    ...help,
    '',
    paint(page, 'title', 'the layout that needs least'),
    ...wrap(page, [formatDegrees(layout), ...formatChoices(layout)].join(', '), {indent: '  '}),
    ...memoryBars(page, estimate.memory),
  ];
}

function formatRemedies(remedies: NoFit['remedies']): string {
  if (remedies === null) return 'looking for what would help ...';
  return remedies.length === 0
    ? 'neither other settings nor 64 x the devices make it fit: try a smaller model or shorter sequences'
    : `try ${remedies.join(', or ')}`;
}
