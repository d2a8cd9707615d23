import {type Command, Option} from 'commander';
import type {Plan} from '../layout/plan.js';
import {planHtml} from '../report/html/plan-html.js';
import {planJson, type SearchTiming} from '../report/json/plan-json.js';
import {makeSimulation} from '../report/simulation.js';
import {renderNoFit} from '../report/text/no-fit.js';
import {renderPlanAnswer} from '../report/text/plan-text.js';
import {planLoss} from '../scaling/loss/plan-loss.js';
import type {Answer} from '../search/design/answer.js';
import {searchDesigns} from '../search/design/search-designs.js';
import {type Risk, risks} from '../units/band.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printLines, printProblems} from './answer/output.js';
import {terminalPage} from './answer/page.js';
import {makeProgress} from './answer/progress.js';
import {writeReport} from './answer/write-report.js';
import {positiveWholeNumber, share, wholeNumber} from './option-values.js';
import {askedSensitivity} from './plan-sensitivity.js';
import {failedSearch, type LoadedPlan, loadPlan} from './solve-plan.js';
import {version} from './version.js';

interface PlanOptions {
  readonly json: boolean;
  readonly top: number;
  readonly timing: boolean;
  readonly risk: Risk;
  readonly sensitivity: boolean;
  readonly faster?: number;
  readonly html?: string;
  readonly write: boolean;
}

export function declarePlan(command: Command): void {
  command
    .argument('<file>', 'plan file')
    .option('--write', 'write the best layout into the plan file', false)
    .option('--top <n>', 'how many runners-up to show', wholeNumber, 5)
    .addOption(
      new Option('--risk <figure>', 'plan on the median or on the pessimistic estimate')
        .choices(risks)
        .default('p50'),
    )
    .option('--sensitivity', 'tell what each hardware figure and setting is worth', false)
    .option('--faster <share>', 'tell what would make it so much faster, such as 20%', share)
    .option('--html <file>', 'write the answer as a page for a browser, too')
    .option('--threads <n>', 'search on at most this many threads', positiveWholeNumber)
    .option('--timing', 'tell how long the search took', false)
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
What the layout section of the plan states is kept; the planner chooses the rest, and the values
of what the search section opens beside the layout: hardware, nodes, batch, sequence, precision.
The answer depends on the plan alone, whatever the threads: without --timing the seconds of the
search are null in the JSON.

--sensitivity doubles and halves one figure at a time and plans anew; --faster 20% seeks the least
change of each figure with which the run takes 1 / 1.2 of its time.

Examples:
  $ walltime plan plans/frontier-175b.yaml --top 3
  $ walltime plan plans/llama-3-70b-h100.yaml --risk p90 --sensitivity

Exit status: 0 done, 1 nothing fits or meets the goal, 2 bad input`,
    )
    .action(async (file: string, options: PlanOptions) => {
      process.exitCode = await plan(file, options);
    });
}

/** The search runs on the main thread; JSON tells how many threads it took. */
const searchThreads = 1;

async function plan(file: string, options: PlanOptions): Promise<ExitCode> {
  const loaded = await loadPlan(file);
  if ('problems' in loaded) return printProblems(loaded.problems, options);
  const started = performance.now();
  const answer = search(loaded, options);
  const seconds = (performance.now() - started) / 1000;
  return printAnswer(
    loaded,
    answer,
    {seconds: options.timing ? seconds : null, threads: searchThreads},
    options,
  );
}

/** The laws are asked only where the goal is about the loss. */
const lossOf = (own: Plan) => (own.goal.minimize === 'loss' ? planLoss(own).value : 0);

function search({space}: LoadedPlan, {top, risk}: PlanOptions): Answer {
  const progress = makeProgress('searching');
  const steps = searchDesigns(space, {alternatives: top, risk, lossOf});
  for (;;) {
    const step = steps.next();
    if (step.done) {
      progress.finish();
      return step.value;
    }
    progress.update(step.value.done, step.value.total);
  }
}

async function printAnswer(
  loaded: LoadedPlan,
  answer: Answer,
  timing: SearchTiming,
  options: PlanOptions,
): Promise<ExitCode> {
  const {best} = answer;
  const asked = best === null ? null : askedSensitivity(best, options);
  if (options.json) printJson({...planJson(answer, version, timing), ...asked?.json});
  if (best === null) {
    const plan = answer.smallest?.design.plan ?? loaded.plan;
    if (!options.json) printLines(renderNoFit(terminalPage(), plan, failedSearch(answer)));
    return exitCodes.noPlan;
  }
  const {design, candidate} = best;
  const simulation = makeSimulation(design.plan, candidate.layout, candidate.estimate, options.risk);
  if (!options.json) {
    const page = terminalPage();
    printLines([...renderPlanAnswer(page, answer, simulation, timing), ...(asked?.lines(page) ?? [])]);
  }
  if (options.html !== undefined && asked !== null) {
    const problem = writeReport(options.html, planHtml({answer, best: simulation, ...asked.measured}));
    if (problem !== null) return printProblems([problem], {json: false});
  }
  if (options.write) {
    const {writeLayout} = await import('./write-layout.js');
    const problem = writeLayout(loaded, candidate.layout, design.choices);
    if (problem !== null) return printProblems([problem], {json: false});
    process.stderr.write(`wrote the layout to ${loaded.source.path}\n`);
  }
  return simulation.meetsGoal ? exitCodes.done : exitCodes.noPlan;
}
