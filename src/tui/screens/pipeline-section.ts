import {paint} from '../../report/terminal/paint.js';
import type {TerminalStyle} from '../../report/terminal/terminal-style.js';
import {layoutKeyOf} from '../state/layout-columns.js';
import {type State, selectedRow} from '../state/state.js';
import {timelineLines} from '../widgets/charts/timeline-lines.js';

/** The timeline of the selected layout with its title, on `rows` lines. */
export function pipelineSection(style: TerminalStyle, state: State, rows: number): string[] {
  const row = selectedRow(state);
  const title = paint(style, 'title', 'the pipeline, event by event');
  if (row === null) return [];
  if (row.layout.pipeline === 1)
    return [title, '  one stage: every micro-batch runs through the whole model'];
  const {timeline, pipelineView} = state;
  if (timeline === null || layoutKeyOf(timeline.layout) !== layoutKeyOf(row.layout))
    return [title, paint(style, 'quiet', '  simulating ...')];
  const zoom = pipelineView.zoom < 1 ? paint(style, 'quiet', `  ${Math.round(1 / pipelineView.zoom)} x`) : '';
  return [`${title}${zoom}`, ...timelineLines(style, timeline, pipelineView, rows - 1)];
}
