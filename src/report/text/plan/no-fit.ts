import {memoryPartNames} from '../../../cost/memory/memory.js';
import type {Plan} from '../../../plan/plan.js';
import {remedies, workableDevices} from '../../../search/remedies.js';
import type {Candidate} from '../../../search/search-result.js';
import type {Answer} from '../../../search/variants/answer.js';
import {formatBinaryBytes} from '../../../units/format-quantity.js';
import type {TerminalStyle} from '../../page/page.js';
import {paint} from '../../page/paint.js';
import {wrap} from '../../page/wrap.js';
import {formatChoices, formatDegrees} from '../format-layout.js';
import {memoryBars, memoryLabels} from '../simulation/memory-stages.js';
import {rejectionLines} from './rejections.js';

/** Why no layout of the plan can run, the one that comes closest, and what would help. */
export function renderNoFit(page: TerminalStyle, plan: Plan, answer: Answer): string[] {
  if (answer.smallest === null) return noLayout(page, plan);
  const {candidate} = answer.smallest;
  const {layout, estimate} = candidate;
  return [
    ...wrap(page, summary(plan, candidate)).map((line, i) => (i === 0 ? paint(page, 'bad', line) : line)),
    ...wrap(page, remedyText(plan), {indent: '  '}),
    '',
    paint(page, 'title', 'the layout that needs least'),
    ...wrap(page, [formatDegrees(layout), ...formatChoices(layout)].join(', '), {indent: '  '}),
    ...memoryBars(page, estimate.memory),
    ...rejectionLines(page, answer),
  ];
}

function summary({cluster}: Plan, {estimate: {memory}}: Candidate): string {
  const {fullest, stages, peakBytes, outsideBytes, capacityBytes} = memory;
  const stage = stages[fullest];
  if (stage === undefined) throw new Error('the fullest stage is one of the stages');
  const parts = memoryPartNames
    .filter(name => stage[name] > 0)
    .sort((a, b) => stage[b] - stage[a])
    .map(name => `${memoryLabels[name]} ${formatBinaryBytes(stage[name])}`);
  const outside = `outside the allocator ${formatBinaryBytes(outsideBytes)}`;
  return `no layout fits: the smallest needs ${formatBinaryBytes(peakBytes + outsideBytes)} a device, ${cluster.accelerator.name} has ${formatBinaryBytes(capacityBytes)} (${[...parts, outside].join(', ')})`;
}

function remedyText(plan: Plan): string {
  const found = remedies(plan).map(
    ({change, neededBytes}) => `${change} (then ${formatBinaryBytes(neededBytes)})`,
  );
  if (found.length === 0) {
    return 'neither other settings nor 64 x the devices make it fit: try a smaller model, shorter sequences or devices with more memory';
  }
  return `try ${found.join(', or ')}`;
}

function noLayout(page: TerminalStyle, plan: Plan): string[] {
  const {model, cluster, training} = plan;
  const size = workableDevices(plan);
  return [
    ...wrap(
      page,
      `no layout divides this plan: the product of the degrees must be ${cluster.numDevices} devices, where tensor divides ${model.attention.numHeads} attention heads, pipeline is at most ${model.numLayers} layers and data divides a global batch of ${training.globalBatch} sequences`,
    ).map((line, i) => (i === 0 ? paint(page, 'bad', line) : line)),
    ...wrap(
      page,
      size === null
        ? 'try another global batch or number of devices, or pin less of the layout'
        : `try ${size} devices, or another global batch`,
      {indent: '  '},
    ),
  ];
}
