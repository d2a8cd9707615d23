import type {Command} from 'commander';
import {locateFinding} from '../../plan-file/source.js';
import {scaleHtml} from '../../report/html/scale-html.js';
import {scaleJson} from '../../report/json/scale-json.js';
import {renderScale} from '../../report/text/scale-text.js';
import {answerScale} from '../../scaling/time-aware/scale.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printJson, printLines, printProblems} from '../answer/output.js';
import {makeProgress} from '../answer/progress.js';
import {stdoutStyle} from '../answer/terminal-style.js';
import {writeReport} from '../answer/write-report.js';
import {loadPlan} from '../planning/solve-plan.js';
import {version} from '../version.js';

interface ScaleOptions {
  readonly json: boolean;
  readonly html?: string;
  readonly prove: boolean;
}

export function declareScale(command: Command): void {
  command
    .argument('<file>', 'plan file with a deadline, a budget or FLOP')
    .option('--html <file>', 'write the report as a page for a browser, too')
    .option('--prove', 'plan until no size or batch is left that could have a lower loss', false)
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
The model of the plan is the template of a family: sizes, shapes and batches are tried, each with the
layout that the planner finds for it and the tokens that its run reaches by goal.deadline, within
goal.budget or within scaling.flop. training.tokens is not read. What may be tried stands under
scaling and search; what it leaves out follows from the machine.

Example:
  $ walltime scale plans/scale-64-h100.yaml

Exit status: 0 done, 1 nothing fits, 2 bad input`,
    )
    .action(async (file: string, options: ScaleOptions) => {
      process.exitCode = await scale(file, options);
    });
}

async function scale(file: string, options: ScaleOptions): Promise<ExitCode> {
  const loaded = await loadPlan(file);
  if ('problems' in loaded) return printProblems(loaded.problems, options);
  const progress = makeProgress('comparing models');
  const answer = answerScale(loaded.plan, {isProven: options.prove, onProgress: progress.update});
  progress.finish();
  if (answer === 'no limit') {
    const message = 'says neither how long nor how much: nothing ends the training';
    const hint = 'write goal.deadline, goal.budget with a price, or scaling.flop';
    const finding = {path: ['goal'], at: 'value' as const, message, hint};
    return printProblems([locateFinding(loaded.source, finding)], options);
  }
  if (answer === 'nothing fits') {
    process.stderr.write(`${file}: no size fits on these devices: try smaller ones, or more devices\n`);
    if (options.json) printJson({walltime: version, best: null});
    return exitCodes.noPlan;
  }
  if (options.html !== undefined) {
    const problem = writeReport(options.html, scaleHtml(answer));
    if (problem !== null) return printProblems([problem], options);
  }
  if (options.json) printJson(scaleJson(answer, version));
  else printLines(renderScale(stdoutStyle(), answer));
  return exitCodes.done;
}
