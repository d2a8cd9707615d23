import type {Command} from 'commander';
import {planJson, type SearchTiming} from '../report/json/plan-json.js';
import {makeSimulation} from '../report/simulation.js';
import {renderPlanAnswer} from '../report/text/plan-text.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printLines, printProblems} from './answer/output.js';
import {terminalPage} from './answer/page.js';
import {printSearchFailure} from './answer/search-failure.js';
import {positiveWholeNumber, wholeNumber} from './option-values.js';
import {loadPlan, searchPlan} from './solve-plan.js';
import {version} from './version.js';

interface PlanOptions {
  readonly json: boolean;
  readonly top: number;
  readonly timing: boolean;
  readonly write: boolean;
}

export function declarePlan(command: Command): void {
  command
    .argument('<file>', 'plan file')
    .option('--write', 'write the best layout into the plan file', false)
    .option('--top <n>', 'how many runners-up to show', wholeNumber, 5)
    .option('--threads <n>', 'search on at most this many threads', positiveWholeNumber)
    .option('--timing', 'tell how long the search took', false)
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
What the layout section of the plan states is kept; the planner chooses the rest.
The answer depends on the plan alone, whatever the threads: without --timing the seconds of the
search are null in the JSON.

Example:
  $ walltime plan plans/frontier-175b.yaml --top 3

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
  const result = searchPlan(loaded.plan, options.top);
  const seconds = (performance.now() - started) / 1000;
  const timing: SearchTiming = {seconds: options.timing ? seconds : null, threads: searchThreads};
  const {best} = result;
  if (best === null) return printSearchFailure(loaded.plan, result, timing, options);
  const simulation = makeSimulation(loaded.plan, best.layout, best.estimate);
  if (options.json) printJson(planJson(loaded.plan, result, version, timing));
  else printLines(renderPlanAnswer(terminalPage(), loaded.plan, result, simulation, timing));
  if (options.write) {
    const {writeLayout} = await import('./write-layout.js');
    const problem = writeLayout(loaded, best.layout);
    if (problem !== null) return printProblems([problem], {json: false});
    process.stderr.write(`wrote the layout to ${file}\n`);
  }
  return simulation.meetsGoal ? exitCodes.done : exitCodes.noPlan;
}
