import {Box} from 'ink';
import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import {wrap} from '../../report/terminal/wrap.js';
import {groupTable} from '../../report/text/simulation/groups.js';
import {memoryBars} from '../../report/text/simulation/memory-stages.js';
import {stepBar, stepTable} from '../../report/text/simulation/step-parts.js';
import {formatChoices, formatDegrees} from '../../report/words/format-layout.js';
import type {Row} from '../planning/reply.js';
import {selectedRow} from '../state/state.js';
import {Block} from '../widgets/block.js';
import {hints} from '../widgets/hints.js';
import {mark} from '../widgets/marks.js';
import {pipelineSection} from './pipeline-section.js';
import type {ScreenProps} from './screen-props.js';

/** Least width at which step and memory share their lines. */
const wideColumns = 100;
const gap = 2;
/** Lines below which only a few stages are shown. */
const spaciousRows = 28;

/** One layout in depth: the parts of its step, its memory, its pipeline event by event, and its groups of ranks. */
export function LayoutScreen({style, state, rows}: ScreenProps) {
  const row = selectedRow(state);
  if (row === null) return <Block lines={[' no layout to show yet']} columns={style.width} rows={rows} />;
  const inner = {...style, width: style.width - 2};
  const title = titleLines(inner, row);
  const groups = [paint(style, 'title', 'where the groups lie'), ...groupTable(inner, row.plan, row.layout)];
  const top = style.width >= wideColumns ? pairedParts(style, row) : null;
  const stacked = top === null ? stackedParts(inner, row, rows) : [];
  const topRows = top === null ? stacked.length : top.rows;
  const leastPipeline = Math.min(row.layout.pipeline, 4) + 3;
  const showsGroups = rows - title.length - topRows - groups.length - 1 >= leastPipeline;
  const room = rows - title.length - topRows - (showsGroups ? groups.length : 0);
  const pipeline = pipelineSection(inner, state, room);
  const below = [...pipeline, ...(showsGroups ? groups : [])];
  return (
    <Box flexDirection="column" paddingLeft={1} height={rows}>
      <Block lines={title} columns={inner.width} rows={title.length} />
      {top === null ? (
        <Block lines={stacked} columns={inner.width} rows={topRows} />
      ) : (
        <Box columnGap={gap}>
          <Block lines={top.step} columns={top.columns} rows={topRows} />
          <Block lines={top.memory} columns={top.columns} rows={topRows} />
        </Box>
      )}
      <Block lines={below} columns={inner.width} rows={rows - title.length - topRows} />
    </Box>
  );
}

function titleLines(style: TerminalStyle, {layout}: Row): string[] {
  const words = [formatDegrees(layout), ...formatChoices(layout)].join(', ');
  return wrap(style, words, {hanging: '  '}).map(line => paint(style, 'title', line));
}

/** Step and memory in two columns. */
function pairedParts(style: TerminalStyle, {estimate}: Row) {
  const columns = Math.floor((style.width - 2 - gap) / 2);
  const half = {...style, width: columns};
  const step = [paint(style, 'title', 'where the step goes'), ...stepTable(half, estimate.parts)];
  const memory = [paint(style, 'title', 'memory by stage'), ...memoryBars(half, estimate.memory)];
  return {step, memory, columns, rows: Math.max(step.length, memory.length)};
}

/** Step and memory in one column, shorter on a terminal with few lines. */
function stackedParts(style: TerminalStyle, {estimate}: Row, rows: number): string[] {
  return [
    paint(style, 'title', 'where the step goes'),
    ...stepBar(style, estimate.parts),
    paint(style, 'title', 'memory by stage'),
    ...memoryBars(style, estimate.memory, rows >= spaciousRows ? undefined : 3),
  ];
}

export function layoutHints(style: TerminalStyle): string {
  return hints(style, [
    `${mark(style, 'leftRight')} time`,
    `${mark(style, 'upDown')} stages`,
    '+ - zoom',
    '0 all',
    'esc plan',
    '? keys',
    'q quit',
  ]);
}
