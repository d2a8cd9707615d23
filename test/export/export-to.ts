import {exportRun} from '../../src/export/export-run.js';
import type {ExportedText, LaunchTarget, PlannedRun} from '../../src/export/export-target.js';
import type {LayoutProblem} from '../../src/layout/rule.js';
import {readHardware} from '../../src/plan-file/library/library.js';

const read = await readHardware('h100-sxm');
if ('problems' in read) throw new Error('the profile of H100 is read');
const {software} = read.profile;

/** The text of a run for a target, or why the target's framework cannot run it. */
export function exportTo(
  target: LaunchTarget,
  run: PlannedRun,
): ExportedText | {readonly problems: readonly LayoutProblem[]} {
  return exportRun(target, run, framework => software[framework]?.stack ?? null);
}

/** The text of a run that the target's framework takes. */
export function textFor(target: LaunchTarget, run: PlannedRun): string {
  const exported = exportTo(target, run);
  if ('problems' in exported) throw new Error(exported.problems.map(({message}) => message).join('; '));
  return exported.text;
}
