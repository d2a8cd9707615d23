import type {Page} from '../../report/page/page.js';
import {paint} from '../../report/page/paint.js';
import {wrap} from '../../report/page/wrap.js';
import {choicesInWords, degreesInWords} from '../../report/text/layout-words.js';
import {groupTable} from '../../report/text/simulation/groups.js';
import {memoryBars} from '../../report/text/simulation/memory-stages.js';
import {stepBar, stepTable} from '../../report/text/simulation/step-parts.js';
import {type State, selectedRow} from '../state/state.js';
import {beside, fitBlock} from '../widgets/beside.js';
import {hints} from '../widgets/hints.js';
import {mark} from '../widgets/marks.js';
import {pipelineBlock} from './pipeline-block.js';

/** From this width on step and memory stand beside each other. */
const wide = 100;

/** One layout in depth: where its step and its memory go, its pipeline event by event, where its groups lie. */
export function layoutScreen(page: Page, state: State, rows: number): string[] {
  const row = selectedRow(state);
  if (row === null) return fitBlock([' no layout to show yet'], page.width, rows);
  const {layout, estimate, plan} = row;
  const inner = {...page, width: page.width - 2};
  const words = [degreesInWords(layout), ...choicesInWords(layout)].join(', ');
  const title = wrap(inner, words, {hanging: '  '}).map(line => paint(page, 'title', line));
  const half = {...page, width: Math.floor((page.width - 4) / 2)};
  const top =
    page.width >= wide
      ? pair(
          ['where the step goes', ...stepTable(half, estimate.parts)],
          ['memory by stage', ...memoryBars(half, estimate.memory)],
          half,
        )
      : [
          paint(page, 'title', 'where the step goes'),
          ...stepBar(inner, estimate.parts),
          paint(page, 'title', 'memory by stage'),
          ...memoryBars(inner, estimate.memory, rows >= 28 ? undefined : 3),
        ];
  const groups = [paint(page, 'title', 'where the groups lie'), ...groupTable(inner, plan, layout)];
  const least = Math.min(layout.pipeline, 4) + 3;
  const showsGroups = rows - title.length - top.length - groups.length - 1 >= least;
  const room = rows - title.length - top.length - (showsGroups ? groups.length : 0);
  const body = [...title, ...top, ...pipelineBlock(inner, state, room), ...(showsGroups ? groups : [])];
  return fitBlock(
    body.map(line => ` ${line}`),
    page.width,
    rows,
  );
}

function pair(left: readonly string[], right: readonly string[], page: Page): string[] {
  const titled = ([title = '', ...lines]: readonly string[]) => ({
    lines: [paint(page, 'title', title), ...lines],
    columns: page.width,
  });
  return beside([titled(left), titled(right)], Math.max(left.length, right.length));
}

export function layoutKeys(page: Page): string {
  return hints(page, [
    `${mark(page, 'leftRight')} time`,
    `${mark(page, 'upDown')} stages`,
    '+ - zoom',
    '0 all',
    'esc plan',
    '? keys',
    'q quit',
  ]);
}
