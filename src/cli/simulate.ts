import type {Command} from 'commander';
import {simulateStep} from '../pipeline/simulate-step.js';
import type {PipelineEvent} from '../pipeline/simulation/pipeline-event.js';
import {writeNewFile} from '../plan-file/edit/write-new-file.js';
import {chromeTrace} from '../report/json/chrome-trace.js';
import {simulationJson} from '../report/json/simulation-json.js';
import {pipelineJson} from '../report/text/simulation/pipeline-events.js';
import {renderSimulation} from '../report/text/simulation/simulation-text.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printLines, printProblems} from './answer/output.js';
import {printSearchFailure} from './answer/search-failure.js';
import {stdoutStyle} from './answer/terminal-style.js';
import {loadPlan, solvePlan} from './planning/solve-plan.js';
import {version} from './version.js';

export function declareSimulate(command: Command): void {
  command
    .argument('<file>', 'plan file')
    .option('--json', 'print one JSON document')
    .option('--trace <file>', 'write the timeline of the pipeline for Perfetto or chrome://tracing')
    .addHelpText(
      'after',
      `
A plan that states its degrees and its micro-batch is simulated as it stands; what else it leaves
out takes its usual value. Of a plan that leaves these open the best layout is simulated.

Example:
  $ walltime simulate plans/frontier-175b-dash2023.yaml

Exit status: 0 done, 1 it does not fit or misses its goal, 2 bad input`,
    )
    .action(async (file: string, options: {json?: boolean; trace?: string}) => {
      process.exitCode = await simulate(file, {json: options.json === true, trace: options.trace ?? null});
    });
}

interface SimulateOptions {
  readonly json: boolean;
  readonly trace: string | null;
}

async function simulate(file: string, options: SimulateOptions): Promise<ExitCode> {
  const loaded = await loadPlan(file);
  if ('problems' in loaded) return printProblems(loaded.problems, options);
  const solved = solvePlan(loaded);
  if ('problems' in solved) return printProblems(solved.problems, options);
  if ('failed' in solved) return printSearchFailure(loaded.plan, solved.failed, options);
  const {simulation} = solved;
  const trace: PipelineEvent[] = [];
  const observe = options.trace === null ? undefined : (event: PipelineEvent) => trace.push({...event});
  const {plan, layout} = simulation;
  const events =
    layout.pipeline === 1 && observe === undefined ? null : simulateStep({...plan, layout}, observe);
  if (options.trace !== null) {
    const problem = writeNewFile(options.trace, JSON.stringify(chromeTrace(layout.pipeline, trace)));
    if (problem !== null) return printProblems([problem], options);
  }
  if (options.json) {
    printJson({
      ...simulationJson(simulation, version),
      pipeline: events === null ? null : pipelineJson(events),
    });
  } else printLines(renderSimulation(stdoutStyle(), simulation, events));
  return simulation.meetsGoal ? exitCodes.done : exitCodes.noPlan;
}
