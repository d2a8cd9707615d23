import {type StepParts, stepPartNames} from '../../../cost/step.js';
import {formatPercent, formatSeconds} from '../../../units/format-quantity.js';
import {plainBar, type SegmentKind, segmentKinds, stackedBar, swatch} from '../../terminal/bar.js';
import {displayWidth, padEnd, padStart} from '../../terminal/display-width.js';
import type {Table} from '../../terminal/table.js';
import {type TerminalStyle, textWidth} from '../../terminal/terminal-style.js';
import {flow} from '../../terminal/wrap.js';
import {stepPartLabels} from '../../words/step-part-labels.js';

type PartName = keyof StepParts;

/** Groups of the parts, few enough for one bar. */
const groups: Readonly<Record<SegmentKind, {readonly name: string; readonly parts: readonly PartName[]}>> = {
  first: {name: 'compute', parts: ['forward', 'backward']},
  second: {name: 'recompute', parts: ['recompute']},
  third: {
    name: 'communication',
    parts: [
      'tensorCommunication',
      'contextCommunication',
      'expertCommunication',
      'pipelineCommunication',
      'gradientReduction',
      'parameterGather',
    ],
  },
  fourth: {name: 'pipeline bubble', parts: ['pipelineBubble']},
  fifth: {name: 'host, optimizer', parts: ['launch', 'optimizer', 'offload', 'stepOverhead']},
};

/** One bar of the whole step and its legend. */
export function stepBar(style: TerminalStyle, parts: StepParts): string[] {
  const segments = segmentKinds.map(kind => ({
    kind,
    amount: groups[kind].parts.reduce((sum, part) => sum + parts[part], 0),
  }));
  const total = segments.reduce((sum, {amount}) => sum + amount, 0);
  const legend = segments
    .filter(({amount}) => amount > 0)
    .map(
      ({kind, amount}) => `${swatch(style, kind)} ${groups[kind].name} ${formatPercent(amount / total, 2)}`,
    );
  return [
    `  ${stackedBar(style, segments, total, textWidth(style) - 2).text}`,
    ...flow(style, legend, '   ', '  '),
  ];
}

/** Each part of the step with its seconds, and where the terminal has room its share and a bar; what takes no time is left out. */
export function stepTable(style: TerminalStyle, parts: StepParts): string[] {
  const rows = stepPartNames
    .filter(name => parts[name] >= shortest)
    .map(name => ({name: stepPartLabels[name], seconds: parts[name]}));
  const total = stepPartNames.reduce((sum, name) => sum + parts[name], 0);
  const nameWidth = Math.max(...rows.map(({name}) => displayWidth(name)));
  const timeWidth = Math.max(...rows.map(({seconds}) => displayWidth(formatSeconds(seconds))));
  const shareWidth = Math.max(...rows.map(({seconds}) => displayWidth(formatShare(seconds / total))));
  const room =
    textWidth(style) - '  '.length - nameWidth - timeWidth - '  '.length - shareWidth - '  '.length;
  const barWidth = room - '  '.length;
  const longest = Math.max(...rows.map(({seconds}) => seconds));
  return rows.map(({name, seconds}) =>
    [
      ' ',
      padEnd(name, nameWidth),
      padStart(formatSeconds(seconds), timeWidth + 1),
      room >= 0 ? padStart(formatShare(seconds / total), shareWidth + 1) : '',
      barWidth >= 4 ? ` ${plainBar(style, seconds, longest, barWidth)}` : '',
    ]
      .join(' ')
      .trimEnd(),
  );
}

/** Shorter parts are the tail of two times that join smoothly and are not shown. */
const shortest = 1e-9;

/** Shares below 0.01 % are printed as "<0.01 %". */
export function formatShare(share: number): string {
  return share > 0 && share < 1e-4 ? '<0.01 %' : formatPercent(share, 2);
}

/** The parts as a table, for pages that have no bars. */
export function stepPartsTable(parts: StepParts): Table {
  const total = stepPartNames.reduce((sum, name) => sum + parts[name], 0);
  return {
    columns: [
      {title: 'part', align: 'left', drop: 0},
      {title: 'time', align: 'right', drop: 0},
      {title: 'share', align: 'right', drop: 0},
    ],
    rows: stepPartNames
      .filter(name => parts[name] >= shortest)
      .map(name => [stepPartLabels[name], formatSeconds(parts[name]), formatShare(parts[name] / total)]),
  };
}
