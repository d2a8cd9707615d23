import type {StepSimulation} from '../../../pipeline/simulate-step.js';
import type {Simulation} from '../../simulation.js';
import {paint} from '../../terminal/paint.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {defaultLines, figureLines, titleLines, warningLines} from '../headline.js';
import {groupTable} from './groups.js';
import {lossLines} from './loss-lines.js';
import {memoryBars, memoryTable} from './memory-stages.js';
import {pipelineLines} from './pipeline-events.js';
import {runLines} from './run-parts.js';
import {stepTable} from './step-parts.js';

/** One layout in depth. */
export function renderSimulation(
  style: TerminalStyle,
  simulation: Simulation,
  events: StepSimulation | null,
): string[] {
  const {plan, layout, estimate} = simulation;
  return [
    ...titleLines(style, simulation),
    ...defaultLines(style, simulation),
    '',
    ...figureLines(style, simulation),
    '',
    paint(style, 'title', 'where the step goes'),
    ...stepTable(style, estimate.parts),
    '',
    paint(style, 'title', 'where the run goes'),
    ...runLines(style, plan, simulation.run),
    '',
    paint(style, 'title', 'where the loss comes from'),
    ...lossLines(style, simulation),
    '',
    paint(style, 'title', 'memory by stage'),
    ...memoryBars(style, estimate.memory),
    '',
    ...memoryTable(style, estimate.memory),
    '',
    paint(style, 'title', 'where the groups lie'),
    ...groupTable(style, plan, layout),
    ...(events === null
      ? []
      : ['', paint(style, 'title', 'the pipeline, event by event'), ...pipelineLines(style, events)]),
    ...(simulation.warnings.length === 0 ? [] : ['', ...warningLines(style, simulation.warnings)]),
  ];
}
