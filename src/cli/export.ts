import {type Command, Option} from 'commander';
import {exportRun} from '../export/export-run.js';
import type {ExportedText, PlannedFile, PlannedRun} from '../export/export-target.js';
import {type ExportTargetName, exportTarget, exportTargetNames} from '../export/targets.js';
import {writeNewFile} from '../plan-file/edit/write-new-file.js';
import {locateProblem} from '../plan-file/source.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printProblems} from './answer/output.js';
import {printSearchFailure} from './answer/search-failure.js';
import {loadPlan, solvePlan} from './planning/solve-plan.js';
import {version} from './version.js';

interface ExportOptions {
  readonly to: ExportTargetName;
  readonly out?: string;
  readonly json: boolean;
}

export function declareExport(command: Command): void {
  command
    .argument('<file>', 'plan file')
    .addOption(new Option('--to <target>', 'what to write').choices(exportTargetNames).makeOptionMandatory())
    .option('--out <file>', 'write a new file instead of printing')
    .option('--json', 'print one JSON document with the text and the notes', false)
    .addHelpText(
      'after',
      `
Targets:
${targetLines().join('\n')}

The layout is the one that the plan states, or the best one of those that it leaves open. What the
target cannot say of it stands in comments, or on the standard error where the format has none. A
layout that the target would run in another way than planned is refused.

Example:
  $ walltime export plans/frontier-175b-dash2023.yaml --to megatron --out args.sh

Exit status: 0 done, 1 no layout fits in memory, 2 bad input, or the target cannot run the plan`,
    )
    .action(async (file: string, options: ExportOptions) => {
      process.exitCode = await run(file, options);
    });
}

function targetLines(): string[] {
  const width = Math.max(...exportTargetNames.map(name => name.length));
  return exportTargetNames.map(name => `  ${name.padEnd(width)}  ${exportTarget(name).summary}`);
}

async function run(file: string, options: ExportOptions): Promise<ExitCode> {
  const loaded = await loadPlan(file);
  if ('problems' in loaded) return printProblems(loaded.problems, options);
  const planned: PlannedFile = {file, plan: loaded.plan};
  const target = exportTarget(options.to);
  if (target.of === 'plan') return answer(target.write(planned), options);
  const solved = solvePlan(loaded);
  if ('problems' in solved) return printProblems(solved.problems, options);
  if ('failed' in solved) return printSearchFailure(loaded.plan, solved.failed, options);
  const {plan, layout, estimate, run, warnings} = solved.simulation;
  const subject: PlannedRun = {...planned, plan, layout, estimate, run};
  for (const warning of warnings) process.stderr.write(`! ${warning}\n`);
  const exported = exportRun(target, subject, name => loaded.hardware.software[name]?.stack ?? null);
  if ('problems' in exported) {
    return printProblems(
      exported.problems.map(problem => locateProblem(loaded.source, problem)),
      options,
    );
  }
  return answer(exported, options, {layout, warnings});
}

function answer(exported: ExportedText, options: ExportOptions, about: object = {}): ExitCode {
  const {text, notes} = exported;
  if (options.out !== undefined) {
    const problem = writeNewFile(options.out, text);
    if (problem !== null) return printProblems([problem], options);
  }
  if (options.json) printJson({walltime: version, target: options.to, ...about, notes, text});
  else if (options.out === undefined) process.stdout.write(text);
  const said = exportTarget(options.to).comments && options.out === undefined;
  if (!said && !options.json) process.stderr.write(notes.map(note => `note: ${note}\n`).join(''));
  return exitCodes.done;
}
