import type {StepSimulation} from '../../../pipeline/simulate-step.js';
import type {TerminalStyle} from '../../page/page.js';
import {paint} from '../../page/paint.js';
import type {Simulation} from '../../simulation.js';
import {defaultLines, figureLines, titleLines, warningLines} from '../headline.js';
import {groupTable} from './groups.js';
import {lossLines} from './loss-lines.js';
import {memoryBars, memoryTable} from './memory-stages.js';
import {pipelineLines} from './pipeline-events.js';
import {runLines} from './run-parts.js';
import {stepTable} from './step-parts.js';

/** One layout in depth. */
export function renderSimulation(
  page: TerminalStyle,
  simulation: Simulation,
  events: StepSimulation | null,
): string[] {
  const {plan, layout, estimate} = simulation;
  return [
    ...titleLines(page, simulation),
    ...defaultLines(page, simulation),
    '',
    ...figureLines(page, simulation),
    '',
    paint(page, 'title', 'where the step goes'),
    ...stepTable(page, estimate.parts),
    '',
    paint(page, 'title', 'where the run goes'),
    ...runLines(page, plan, simulation.run),
    '',
    paint(page, 'title', 'where the loss comes from'),
    ...lossLines(page, simulation),
    '',
    paint(page, 'title', 'memory by stage'),
    ...memoryBars(page, estimate.memory),
    '',
    ...memoryTable(page, estimate.memory),
    '',
    paint(page, 'title', 'where the groups lie'),
    ...groupTable(page, plan, layout),
    ...(events === null
      ? []
      : ['', paint(page, 'title', 'the pipeline, event by event'), ...pipelineLines(page, events)]),
    ...(simulation.warnings.length === 0 ? [] : ['', ...warningLines(page, simulation.warnings)]),
  ];
}
