import {type Command, Option} from 'commander';
import {formatProblem, type Problem} from '../plan-file/problem.js';
import {simulationJson} from '../report/json/simulation-json.js';
import {makeSimulation} from '../report/simulation.js';
import {type PlanVerdict, renderVerdict} from '../report/text/check-text.js';
import {memoryWarnings} from '../report/warnings.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {githubAnnotation} from './answer/github-annotation.js';
import {printJson, printLines} from './answer/output.js';
import {stdoutStyle} from './answer/terminal-style.js';
import {loadPlan, solvePlan} from './planning/solve-plan.js';
import {version} from './version.js';

interface CheckOptions {
  readonly json: boolean;
  readonly format: 'text' | 'github';
}

export function declareCheck(command: Command): void {
  command
    .argument('<file...>', 'plan files')
    .addOption(
      new Option('--format <format>', 'how to say it: github annotates the pull request')
        .choices(['text', 'github'])
        .default('text'),
    )
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
A plan passes when its layout, or the best one that it leaves open, fits in memory and meets the
plan's deadline and budget at the median.

Example:
  $ walltime check plans/*.yaml --format github

Exit status: 0 every plan passes, 1 one does not, 2 bad input`,
    )
    .action(async (files: string[], options: CheckOptions) => {
      process.exitCode = await check(files, options);
    });
}

async function check(files: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const checked: CheckedFile[] = [];
  for (const file of files) checked.push(await checkFile(file));
  if (options.json) printJson({walltime: version, plans: checked.map(verdictJson)});
  else if (options.format === 'github') printLines(checked.flatMap(annotations));
  else printLines(checked.flatMap(({verdict}) => renderVerdict(stdoutStyle(), verdict)));
  if (checked.some(({verdict}) => verdict.kind === 'wrong')) return exitCodes.badInput;
  return checked.some(({verdict}) => verdict.kind === 'failed') ? exitCodes.noPlan : exitCodes.done;
}

interface CheckedFile {
  readonly verdict: PlanVerdict;
  readonly problems: readonly Problem[];
}

async function checkFile(file: string): Promise<CheckedFile> {
  const loaded = await loadPlan(file);
  if ('problems' in loaded) {
    const {problems} = loaded;
    return {verdict: {kind: 'wrong', file, problems: problems.map(formatProblem)}, problems};
  }
  const solved = solvePlan(loaded);
  if ('problems' in solved) {
    const {problems} = solved;
    return {verdict: {kind: 'wrong', file, problems: problems.map(formatProblem)}, problems};
  }
  if ('simulation' in solved) {
    const {simulation} = solved;
    if (simulation.meetsGoal) return {verdict: {kind: 'passed', file, simulation}, problems: []};
    return {verdict: {kind: 'failed', file, simulation, reasons: simulation.missed}, problems: []};
  }
  const {smallest} = solved.failed;
  const reasons =
    smallest === null
      ? ['no layout divides the devices, the heads and the batch of this plan']
      : memoryWarnings(smallest.candidate.estimate.memory).map(
          reason => `no layout fits; the smallest ${reason}`,
        );
  const simulation =
    smallest && makeSimulation(smallest.variant.plan, smallest.candidate.layout, smallest.candidate.estimate);
  return {verdict: {kind: 'failed', file, simulation, reasons}, problems: []};
}

function verdictJson({verdict, problems}: CheckedFile) {
  const {file, kind} = verdict;
  const simulation = verdict.kind === 'wrong' ? null : verdict.simulation;
  return {
    file,
    verdict: kind,
    reasons: verdict.kind === 'failed' ? verdict.reasons : [],
    problems,
    simulation: simulation && simulationJson(simulation, version),
  };
}

function annotations({verdict, problems}: CheckedFile): string[] {
  switch (verdict.kind) {
    case 'passed':
      return [
        githubAnnotation({level: 'notice', file: verdict.file, line: 1, column: 1, message: 'plan passes'}),
      ];
    case 'failed':
      return verdict.reasons.map(message =>
        githubAnnotation({level: 'error', file: verdict.file, line: 1, column: 1, message}),
      );
    case 'wrong':
      return problems.map(({file, line, column, path, message, hint}) => {
        const subject = path === '' ? message : `${path}: ${message}`;
        return githubAnnotation({
          level: 'error',
          file,
          line,
          column,
          message: hint === '' ? subject : `${subject} (${hint})`,
        });
      });
  }
}
