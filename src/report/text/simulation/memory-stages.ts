import {
  allocatedBytes,
  type MemoryEstimate,
  memoryPartNames,
  type StageMemory,
} from '../../../cost/memory/memory.js';
import {formatBinaryBytes} from '../../../units/format-quantity.js';
import {type Segment, type SegmentKind, segmentKinds, stackedBar, swatch} from '../../terminal/bar.js';
import {padEnd, padStart} from '../../terminal/display-width.js';
import {paint} from '../../terminal/paint.js';
import {renderTable} from '../../terminal/table.js';
import {type TerminalStyle, textWidth} from '../../terminal/terminal-style.js';
import {flow} from '../../terminal/wrap.js';

type PartName = keyof StageMemory;

/** A part of a stage's memory in words. */
export const memoryLabels: Readonly<Record<PartName, string>> = {
  weights: 'weights',
  gradients: 'gradients',
  optimizer: 'optimizer',
  layerActivations: 'activations',
  endActivations: 'embedding and head',
  logits: 'logits',
  workingSet: 'working set',
  communicationBuffers: 'buffers',
};

const kinds: Readonly<Record<PartName, Exclude<SegmentKind, 'fifth'>>> = {
  weights: 'first',
  gradients: 'first',
  optimizer: 'second',
  layerActivations: 'third',
  endActivations: 'third',
  logits: 'third',
  workingSet: 'third',
  communicationBuffers: 'fourth',
};

const legend: Readonly<Record<SegmentKind, string>> = {
  first: 'weights and gradients',
  second: 'optimizer',
  third: 'activations',
  fourth: 'buffers',
  fifth: 'outside the allocator',
};

/** Stages that are shown one by one. */
const mostStages = 8;

/**
 * Each stage as a bar against the capacity of a device.
 *
 * @param most a pipeline of more stages is shown by its first, fullest and last ones
 */
export function memoryBars(style: TerminalStyle, memory: MemoryEstimate, most = mostStages): string[] {
  const shown = shownStages(memory, most);
  const names = shown.map(stage => `stage ${stage + 1}`);
  const nameWidth = Math.max(...names.map(name => name.length));
  const figures = shown.map(stage => formatBinaryBytes(neededBytes(memory, stage)));
  const figureWidth = Math.max(...figures.map(figure => figure.length));
  const barWidth = Math.max(8, textWidth(style) - nameWidth - figureWidth - 8);
  const used = new Set<SegmentKind>();
  const lines = shown.map((stage, i) => {
    const segments = segmentsOf(memory, stage);
    for (const {amount, kind} of segments) if (amount > 0) used.add(kind);
    const bar = stackedBar(style, segments, memory.capacityBytes, barWidth);
    const over = neededBytes(memory, stage) > memory.capacityBytes;
    return `  ${padEnd(names[i] ?? '', nameWidth)} ${padStart(figures[i] ?? '', figureWidth)} |${bar.text}${' '.repeat(barWidth - bar.used)}${over ? paint(style, 'bad', '>') : '|'}`;
  });
  const signs = segmentKinds
    .filter(kind => used.has(kind))
    .map(kind => `${swatch(style, kind)} ${legend[kind]}`);
  const scale = `| capacity ${formatBinaryBytes(memory.capacityBytes)}`;
  return [...lines, ...othersLine(memory, shown), ...flow(style, [...signs, scale], '   ', '  ')];
}

/** The parts of the shown stages, in columns. */
export function memoryTable(style: TerminalStyle, memory: MemoryEstimate): string[] {
  const shown = shownStages(memory);
  const cell = (value: number) => (value === 0 ? '' : formatBinaryBytes(value));
  const parts = memoryPartNames.filter(name => memory.stages.some(stage => stage[name] > 0));
  return renderTable(
    style,
    {
      columns: [
        {title: 'memory of', align: 'left', drop: 0},
        ...shown.map((stage, i) => ({
          title: `stage ${stage + 1}`,
          align: 'right' as const,
          // Middle stages are dropped first.
          drop: stage === memory.fullest ? 0 : 1 + Math.min(i, shown.length - 1 - i),
        })),
      ],
      rows: [
        ...parts.map(name => [memoryLabels[name], ...shown.map(stage => cell(stageAt(memory, stage)[name]))]),
        ['outside the allocator', ...shown.map(() => cell(memory.outsideAllocatorBytes))],
        ['together', ...shown.map(stage => cell(neededBytes(memory, stage)))],
      ],
    },
    '  ',
  );
}

/** What a device of `stage` needs. */
function neededBytes(memory: MemoryEstimate, stage: number): number {
  return allocatedBytes(stageAt(memory, stage)) + memory.outsideAllocatorBytes;
}

function stageAt({stages}: MemoryEstimate, stage: number): StageMemory {
  const found = stages[stage];
  if (found === undefined) throw new Error(`there are ${stages.length} stages, not ${stage + 1}`);
  return found;
}

function shownStages({stages, fullest}: MemoryEstimate, most = mostStages): number[] {
  const all = stages.map((_, stage) => stage);
  if (all.length <= most) return all;
  return [...new Set([0, fullest, all.length - 1])].sort((a, b) => a - b);
}

function segmentsOf(memory: MemoryEstimate, stage: number): Segment[] {
  const own = stageAt(memory, stage);
  return [
    ...memoryPartNames.map(name => ({amount: own[name], kind: kinds[name]})),
    {amount: memory.outsideAllocatorBytes, kind: 'fifth' as const},
  ];
}

function othersLine(memory: MemoryEstimate, shown: readonly number[]): string[] {
  const others = memory.stages.map((_, stage) => stage).filter(stage => !shown.includes(stage));
  if (others.length === 0) return [];
  const needs = others.map(stage => neededBytes(memory, stage));
  const [least, most] = [formatBinaryBytes(Math.min(...needs)), formatBinaryBytes(Math.max(...needs))];
  return [`  ${others.length} other stages: ${least === most ? least : `${least} to ${most}`}`];
}
