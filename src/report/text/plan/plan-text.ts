import type {SearchTiming} from '../../../search/search-result.js';
import type {Answer} from '../../../search/variants/answer.js';
import type {Simulation} from '../../simulation.js';
import {paint} from '../../terminal/paint.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {defaultLines, figureLines, titleLines, warningLines} from '../headline.js';
import {memoryBars} from '../simulation/memory-stages.js';
import {stepBar} from '../simulation/step-parts.js';
import {certificateLines} from './certificate.js';
import {frontLines} from './pareto-front.js';
import {rejectionLines} from './rejections.js';
import {runnersUpLines} from './runners-up.js';

/** The best layout, its figures, the runners-up and why they lost, why others fell, and the certificate. */
export function renderPlanAnswer(
  style: TerminalStyle,
  answer: Answer,
  best: Simulation,
  timing: SearchTiming,
): string[] {
  return [
    ...titleLines(style, best),
    ...defaultLines(style, best),
    '',
    ...figureLines(style, best),
    '',
    paint(style, 'title', 'where the step goes'),
    ...stepBar(style, best.estimate.parts),
    '',
    paint(style, 'title', 'memory by stage'),
    ...memoryBars(style, best.estimate.memory),
    '',
    paint(style, 'title', 'runners-up'),
    ...runnersUpLines(style, answer),
    ...frontLines(style, answer),
    ...rejectionLines(style, answer),
    '',
    ...certificateLines(style, answer, timing),
    ...(best.warnings.length === 0 ? [] : ['', ...warningLines(style, best.warnings)]),
  ];
}
