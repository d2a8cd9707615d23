import type {TrainingForecast, TrainingResult} from '../../calibration/training-rows/training-row.js';
import {formatProblem} from '../../plan-file/problem.js';
import {type PlannedTraining, readTrainingTable} from '../../plan-file/tables/read-training-tables.js';
import {trainingValidationJson} from '../../report/json/training-validation-json.js';
import type {Simulation} from '../../report/simulation.js';
import {renderTrainingValidation} from '../../report/text/measured/training-validation-text.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printJson, printLines, printProblems} from '../answer/output.js';
import {stdoutStyle} from '../answer/terminal-style.js';
import {loadPlan, solvePlan} from '../planning/solve-plan.js';
import {version} from '../version.js';

/** A table of whole training runs. */
export interface TrainingTable {
  readonly file: string;
  readonly text: string;
}

/** Answers tables of whole training runs: the calendar of the plan of each row against its published hours. */
export async function validateTrainings(
  tables: readonly TrainingTable[],
  options: {readonly json: boolean},
): Promise<ExitCode> {
  const read = tables.map(({file, text}) => readTrainingTable(file, text));
  const problems = read.flatMap(table => ('problems' in table ? table.problems : []));
  if (problems.length > 0) return printProblems(problems, options);
  const results: TrainingResult[] = [];
  for (const training of read.flatMap(table => ('rows' in table ? table.rows : []))) {
    results.push(await predictTraining(training));
  }
  if (options.json) printJson(trainingValidationJson(results, version));
  else printLines(renderTrainingValidation(stdoutStyle(), results));
  return exitCodes.done;
}

async function predictTraining({row, plan}: PlannedTraining): Promise<TrainingResult> {
  const skipped = (reason: string): TrainingResult => ({...row, status: 'skipped', reason});
  if (plan === null) return skipped(`no plan ${row.id}.yaml next to the table`);
  const loaded = await loadPlan(plan);
  const solved = 'problems' in loaded ? loaded : solvePlan(loaded);
  if ('problems' in solved) return skipped(solved.problems.map(formatProblem).join('; '));
  if ('failed' in solved) return skipped('no layout of its plan fits');
  return {...row, status: 'predicted', predicted: forecastOf(solved.simulation)};
}

const secondsPerDay = 86_400;

function forecastOf({plan: {operation}, run}: Simulation): TrainingForecast {
  const {seconds, cleanSeconds, deviceHours} = run;
  const hoursAt = (wallSeconds: number) => (deviceHours * wallSeconds) / seconds.p50;
  return {
    deviceHours,
    deviceHoursP10: hoursAt(seconds.p10),
    deviceHoursP90: hoursAt(seconds.p90),
    cleanDeviceHours: hoursAt(cleanSeconds.p50),
    cleanDeviceHoursP10: hoursAt(cleanSeconds.p10),
    cleanDeviceHoursP90: hoursAt(cleanSeconds.p90),
    days: seconds.p50 / secondsPerDay,
    isLayoutStated: operation.calendar === 'clean' || operation.calendar.layout === 'stated',
  };
}
