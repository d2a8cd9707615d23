import type {Measure} from '../../search/sensitivity/replan.js';
import type {Sensitivity} from '../../search/sensitivity/sensitivities.js';
import type {Answer} from '../../search/variants/answer.js';
import {
  formatBinaryBytes,
  formatCount,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../../units/format-quantity.js';
import type {Simulation} from '../simulation.js';
import {certificateText} from '../text/plan/certificate.js';
import {frontTable} from '../text/plan/pareto-front.js';
import {reasonsOfRunnersUp, runnersUpTable} from '../text/plan/runners-up.js';
import {stepPartsTable} from '../text/simulation/step-parts.js';
import {measureLabels, tornadoRows, withoutEffect} from '../tornado.js';
import {formatChoices, formatDegrees, formatDeviceCount} from '../words/format-layout.js';
import {element, joinMarkup, type Markup, textMarkup} from './markup.js';
import {htmlFigures, htmlPage, htmlParagraph, htmlSection} from './page.js';
import {svgTornado} from './svg-tornado.js';
import {htmlTable} from './table.js';

export interface PlanPage {
  readonly answer: Answer;
  /** Simulation of the best layout. */
  readonly best: Simulation;
  readonly sensitivities: readonly Sensitivity[];
  readonly measure: Measure;
}

/** The answer of a plan as a page of its own. */
export function planHtml({answer, best, sensitivities, measure}: PlanPage): string {
  const {plan, layout, estimate} = best;
  const body = [
    htmlFigures(keyFigures(best)),
    htmlParagraph([formatDegrees(layout), ...formatChoices(layout)].join(', ')),
    ...best.warnings.map(warning => htmlParagraph(`! ${warning}`)),
    htmlSection('where the step goes', htmlTable(stepPartsTable(estimate.parts))),
    htmlSection(
      'runners-up',
      htmlTable(runnersUpTable(answer)),
      element('ul', {}, ...reasonsOfRunnersUp(answer).map(reason => element('li', {}, textMarkup(reason)))),
    ),
    htmlSection('time, cost and headroom', htmlTable(frontTable(answer.pareto))),
    tornado(sensitivities, measure),
    htmlSection('certificate', htmlParagraph(certificateText(answer, {seconds: null, threads: 1}))),
  ];
  return htmlPage({
    title: plan.name,
    description: `${formatCount(plan.training.tokens)} tokens on ${formatDeviceCount(plan)}, ${plan.training.precision}, ${plan.cluster.software.name}.`,
    body: joinMarkup(body),
  });
}

function keyFigures({step, run, utilization, estimate: {memory}}: Simulation) {
  const days = (seconds: number) => formatSeconds(seconds);
  return [
    {value: days(run.seconds.p50), name: `calendar, P90 ${days(run.seconds.p90)}`},
    {value: days(run.cleanSeconds.p50), name: 'clean run'},
    {value: formatSeconds(step.p50), name: 'step'},
    {value: formatPercent(utilization.modelFlopsUtilization), name: 'MFU'},
    {
      value: formatBinaryBytes(memory.neededBytes),
      name: `memory of ${formatBinaryBytes(memory.capacityBytes)}`,
    },
    {
      value: run.costUsd === null ? formatCount(run.deviceHours) : formatUsd(run.costUsd),
      name: run.costUsd === null ? 'device-hours' : 'cost',
    },
  ];
}

function tornado(sensitivities: readonly Sensitivity[], measure: Measure): Markup {
  const title = `What each figure is worth: ${measureLabels[measure]} when it is doubled or halved`;
  const picture = svgTornado('tornado', title, tornadoRows(sensitivities));
  const still = withoutEffect(sensitivities);
  return htmlSection(
    'sensitivity',
    htmlParagraph(`${title}, one at a time, with the layout planned anew. A star marks another layout.`),
    ...(picture === null ? [] : [picture]),
    ...(still.length === 0 ? [] : [htmlParagraph(`No effect: ${still.join(', ')}.`)]),
  );
}
