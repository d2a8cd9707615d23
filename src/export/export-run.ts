import {problemsOf} from '../frameworks/problems.js';
import type {SoftwareStack} from '../frameworks/stack.js';
import {checkRule, type LayoutProblem} from '../layout/rule.js';
import type {ExportedText, LaunchTarget, PlannedRun} from './export-target.js';

/**
 * Writes a run for a program, or shows why that program cannot run it: the rules of its framework hold, whatever
 * software the plan names, and those of the text itself.
 *
 * @param stackOf stack of a framework on the plan's machine; null where it has none
 */
export function exportRun(
  target: LaunchTarget,
  run: PlannedRun,
  stackOf: (framework: string) => SoftwareStack | null,
): ExportedText | {readonly problems: readonly LayoutProblem[]} {
  const problems = targetProblems(target, run, stackOf);
  return problems.length > 0 ? {problems} : target.write(run);
}

function targetProblems(
  {framework, release, rules = []}: LaunchTarget,
  {plan, layout}: PlannedRun,
  stackOf: (framework: string) => SoftwareStack | null,
): readonly LayoutProblem[] {
  const {cluster} = plan;
  const own = cluster.software;
  const isOwn = framework === null || framework === own.framework;
  const stack = isOwn ? own : (stackOf(framework) ?? {...own, framework});
  const software = {...stack, release: release ?? (isOwn ? own.release : null), isUnchecked: false};
  const subject = {...plan, cluster: {...cluster, software}};
  return [...problemsOf(layout, subject), ...rules.flatMap(rule => checkRule(rule, layout, subject) ?? [])];
}
