import {paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';
import {wrap} from '../../../report/terminal/wrap.js';
import {memoryBars} from '../../../report/text/simulation/memory-stages.js';
import {formatChoices, formatDegrees} from '../../../report/words/format-layout.js';
import {neededOfCapacity} from '../../../report/words/rejection-reason.js';
import type {NoFit} from '../../planning/reply.js';

/** Lines on a plan that fits nowhere: the layout that needs the least memory, and changes that would help. */
export function noFitLines(style: TerminalStyle, {smallest, remedies}: NoFit): string[] {
  const help = wrap(style, formatRemedies(remedies), {indent: '  '});
  if (smallest === null) {
    const why =
      'no layout divides this plan: the degrees must multiply to its devices and divide heads, layers and batch';
    return [...wrap(style, why).map(line => paint(style, 'bad', line)), ...help];
  }
  const {layout, estimate} = smallest;
  const {neededBytes, capacityBytes} = estimate.memory;
  const needed = neededOfCapacity(neededBytes, capacityBytes);
  return [
    ...wrap(style, `no layout fits: the smallest needs ${needed} on each device`).map(line =>
      paint(style, 'bad', line),
    ),
    ...help,
    '',
    paint(style, 'title', 'the layout that needs least'),
    ...wrap(style, [formatDegrees(layout), ...formatChoices(layout)].join(', '), {indent: '  '}),
    ...memoryBars(style, estimate.memory),
  ];
}

function formatRemedies(remedies: NoFit['remedies']): string {
  if (remedies === null) return 'looking for what would help ...';
  return remedies.length === 0
    ? 'neither other settings nor 64 x the devices make it fit: try a smaller model or shorter sequences'
    : `try ${remedies.join(', or ')}`;
}
