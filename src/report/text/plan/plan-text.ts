import type {Answer} from '../../../search/variants/answer.js';
import type {SearchTiming} from '../../json/plan-json.js';
import type {TerminalStyle} from '../../page/page.js';
import {paint} from '../../page/paint.js';
import type {Simulation} from '../../simulation.js';
import {defaultLines, figureLines, titleLines, warningLines} from '../headline.js';
import {memoryBars} from '../simulation/memory-stages.js';
import {stepBar} from '../simulation/step-parts.js';
import {certificateLines} from './certificate.js';
import {frontLines} from './pareto-front.js';
import {rejectionLines} from './rejections.js';
import {runnersUpLines} from './runners-up.js';

/** The best layout, its figures, the runners-up and why they lost, why others fell, and the certificate. */
export function renderPlanAnswer(
  page: TerminalStyle,
  answer: Answer,
  best: Simulation,
  timing: SearchTiming,
): string[] {
  return [
    ...titleLines(page, best),
    ...defaultLines(page, best),
    '',
    ...figureLines(page, best),
    '',
    paint(page, 'title', 'where the step goes'),
    ...stepBar(page, best.estimate.parts),
    '',
    paint(page, 'title', 'memory by stage'),
    ...memoryBars(page, best.estimate.memory),
    '',
    paint(page, 'title', 'runners-up'),
    ...runnersUpLines(page, answer),
    ...frontLines(page, answer),
    ...rejectionLines(page, answer),
    '',
    ...certificateLines(page, answer, timing),
    ...(best.warnings.length === 0 ? [] : ['', ...warningLines(page, best.warnings)]),
  ];
}
