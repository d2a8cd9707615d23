import {planHtml} from '../../report/html/plan-html.js';
import {planJson} from '../../report/json/plan-json.js';
import {makeSimulation} from '../../report/simulation.js';
import {renderNoFit} from '../../report/text/plan/no-fit.js';
import {renderPlanAnswer} from '../../report/text/plan/plan-text.js';
import type {SearchTiming} from '../../search/search-result.js';
import type {Answer} from '../../search/variants/answer.js';
import {type SensitivityRequest, sensitivityReport} from '../planning/plan-sensitivity.js';
import type {LoadedPlan} from '../planning/solve-plan.js';
import {version} from '../version.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {printJson, printLines, printProblems} from './output.js';
import {stdoutStyle} from './terminal-style.js';
import {writeReport} from './write-report.js';

export interface PrintOptions extends SensitivityRequest {
  readonly json: boolean;
  readonly write: boolean;
}

/** Prints the answer of a plan as text or JSON, of a single run or of merged shards. */
export async function printAnswer(
  loaded: LoadedPlan,
  answer: Answer,
  timing: SearchTiming,
  options: PrintOptions,
): Promise<ExitCode> {
  const {best} = answer;
  const asked = best === null ? null : sensitivityReport(best, options);
  if (options.json) printJson({...planJson(answer, version, timing), ...asked?.json});
  if (best === null || asked === null) {
    const plan = answer.smallest?.variant.plan ?? loaded.plan;
    if (!options.json) printLines(renderNoFit(stdoutStyle(), plan, answer));
    return exitCodes.noPlan;
  }
  const {variant, candidate} = best;
  const simulation = makeSimulation(variant.plan, candidate.layout, candidate.estimate, {
    risk: options.risk,
    choices: variant.choices,
  });
  if (!options.json) {
    const style = stdoutStyle();
    printLines([...renderPlanAnswer(style, answer, simulation, timing), ...asked.lines(style)]);
  }
  if (options.html !== undefined) {
    const problem = writeReport(options.html, planHtml({answer, best: simulation, ...asked.measured}));
    if (problem !== null) return printProblems([problem], {json: false});
  }
  if (options.write) {
    const {writeLayout} = await import('../planning/write-layout.js');
    const problem = writeLayout(loaded, variant, candidate.layout);
    if (problem !== null) return printProblems([problem], {json: false});
    process.stderr.write(`wrote the layout to ${loaded.source.path}\n`);
    if (variant.choices.spareNodes !== undefined) {
      process.stderr.write(
        'reliability.spare_nodes counts these spares alone: no other node is at hand for one that fails\n',
      );
    }
  }
  return simulation.meetsGoal ? exitCodes.done : exitCodes.noPlan;
}
