import type {Plan} from '../../layout/plan.js';
import type {Candidate, SearchResult} from '../../search/search-result.js';
import {formatBinaryBytes, formatPercent, formatSeconds} from '../../units/format-quantity.js';
import type {SearchTiming} from '../json/plan-json.js';
import type {Page} from '../page/page.js';
import {paint} from '../page/paint.js';
import {renderTable} from '../page/table.js';
import type {Simulation} from '../simulation.js';
import {utilization} from '../utilization.js';
import {figureLines, titleLines, warningLines} from './headline.js';
import {recomputeInWords} from './layout-words.js';
import {memoryBars} from './memory-stages.js';
import {certificateLines, rejectionLines} from './rejections.js';
import {stepBar} from './step-parts.js';

/** The best layout, its figures, the runners-up, why the others fell, and the certificate. */
export function renderPlanAnswer(
  page: Page,
  plan: Plan,
  result: SearchResult,
  best: Simulation,
  timing: SearchTiming,
): string[] {
  return [
    ...titleLines(page, best),
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
    ...runnersUp(page, plan, best, result.alternatives),
    ...rejectionLines(page, result),
    '',
    ...certificateLines(page, result, timing),
    ...(best.warnings.length === 0 ? [] : ['', ...warningLines(page, best.warnings)]),
  ];
}

/** The best layout of each other combination of degrees, with what it loses. */
function runnersUp(page: Page, plan: Plan, best: Simulation, alternatives: readonly Candidate[]): string[] {
  if (alternatives.length === 0) return ['  none: the plan leaves no other degrees open'];
  const rows = [{layout: best.layout, estimate: best.estimate}, ...alternatives].map(candidate =>
    runnerUpRow(plan, candidate, best),
  );
  const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
  return renderTable(
    page,
    {
      columns: [
        right('tensor', 0),
        right('pipeline', 0),
        right('data', 0),
        right('virtual', 4),
        right('micro-batch', 3),
        {title: 'sharding', align: 'left', drop: 6},
        {title: 'recompute', align: 'left', drop: 5},
        right('step', 0),
        right('slower', 1),
        right('MFU', 2),
        right('memory', 2),
      ],
      rows,
    },
    '  ',
  );
}

function runnerUpRow(plan: Plan, {layout, estimate}: Candidate, best: Simulation): string[] {
  const {memory, seconds} = estimate;
  const slower = seconds / best.estimate.seconds - 1;
  return [
    String(layout.tensor),
    String(layout.pipeline),
    String(layout.data),
    String(layout.virtualStages),
    String(layout.microBatch),
    layout.sharding,
    recomputeInWords(layout),
    formatSeconds(seconds),
    slower === 0 ? 'best' : `+${formatPercent(slower, 2)}`,
    formatPercent(utilization(plan, layout, seconds).modelFlopsUtilization),
    formatBinaryBytes(memory.peakBytes + memory.outsideBytes),
  ];
}
