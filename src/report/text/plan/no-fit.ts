import {memoryPartNames} from '../../../cost/memory/memory.js';
import type {Plan} from '../../../plan/plan.js';
import {remedies, workableDevices} from '../../../search/remedies.js';
import type {Candidate} from '../../../search/search-result.js';
import type {Answer} from '../../../search/variants/answer.js';
import {formatBinaryBytes} from '../../../units/format-quantity.js';
import {paint} from '../../terminal/paint.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';
import {formatChoices, formatDegrees} from '../../words/format-layout.js';
import {memoryBars, memoryLabels} from '../simulation/memory-stages.js';
import {rejectionLines} from './rejections.js';

/** Why no layout of the plan can run, the one that comes closest, and what would help. */
export function renderNoFit(style: TerminalStyle, plan: Plan, answer: Answer): string[] {
  if (answer.smallest === null) return noLayout(style, plan);
  const {candidate} = answer.smallest;
  const {layout, estimate} = candidate;
  return [
    ...wrap(style, summary(plan, candidate)).map((line, i) => (i === 0 ? paint(style, 'bad', line) : line)),
    ...wrap(style, remedyText(plan), {indent: '  '}),
    '',
    paint(style, 'title', 'the layout that needs least'),
    ...wrap(style, [formatDegrees(layout), ...formatChoices(layout)].join(', '), {indent: '  '}),
    ...memoryBars(style, estimate.memory),
    ...rejectionLines(style, answer),
  ];
}

function summary({cluster}: Plan, {estimate: {memory}}: Candidate): string {
  const {fullest, stages, neededBytes, outsideAllocatorBytes, capacityBytes} = memory;
  const stage = stages[fullest];
  if (stage === undefined) throw new Error('the fullest stage is one of the stages');
  const parts = memoryPartNames
    .filter(name => stage[name] > 0)
    .sort((a, b) => stage[b] - stage[a])
    .map(name => `${memoryLabels[name]} ${formatBinaryBytes(stage[name])}`);
  const outside = `outside the allocator ${formatBinaryBytes(outsideAllocatorBytes)}`;
  return `no layout fits: the smallest needs ${formatBinaryBytes(neededBytes)} a device, ${cluster.accelerator.name} has ${formatBinaryBytes(capacityBytes)} (${[...parts, outside].join(', ')})`;
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

function noLayout(style: TerminalStyle, plan: Plan): string[] {
  const {model, cluster, training} = plan;
  const size = workableDevices(plan);
  return [
    ...wrap(
      style,
      `no layout divides this plan: the product of the degrees must be ${cluster.numDevices} devices, where tensor divides ${model.attention.numHeads} attention heads, pipeline is at most ${model.numLayers} layers and data divides a global batch of ${training.globalBatch} sequences`,
    ).map((line, i) => (i === 0 ? paint(style, 'bad', line) : line)),
    ...wrap(
      style,
      size === null
        ? 'try another global batch or number of devices, or pin less of the layout'
        : `try ${size} devices, or another global batch`,
      {indent: '  '},
    ),
  ];
}
