import {layoutRules} from '../layout/constraints.js';
import type {Layout} from '../layout/layout.js';
import {checkRule, type LayoutProblem, type LayoutRule, type RuleSubject} from '../layout/rule.js';
import type {FrameworkRule} from './framework.js';
import {frameworkOf} from './registry.js';
import {isInForce} from './release.js';
import type {SoftwareStack} from './stack.js';
import {supportRules} from './support-rules.js';

/**
 * Every rule that a layout of this stack has to hold: what a layout is, what the stack supports, and what its
 * framework enforces at the release that the plan names. An unchecked plan holds the first alone.
 */
export function refusingRules(software: SoftwareStack): readonly LayoutRule[] {
  return software.isUnchecked ? layoutRules : [...layoutRules, ...rulesOfStack(software)];
}

/** Why the framework cannot run the layout, or why it is none; empty for a layout that runs. */
export function problemsOf(layout: Layout, subject: RuleSubject): readonly LayoutProblem[] {
  return broken(refusingRules(subject.cluster.software), layout, subject);
}

/**
 * What an answer about the layout has to name: where the framework runs something else than stated, and, for an
 * unchecked plan, what it would refuse.
 */
export function notesOf(layout: Layout, subject: RuleSubject): readonly LayoutProblem[] {
  const {software} = subject.cluster;
  const noted = rulesAt(software).filter(({severity}) => severity === 'noted');
  return broken([...noted, ...(software.isUnchecked ? rulesOfStack(software) : [])], layout, subject);
}

function broken(
  rules: readonly LayoutRule[],
  layout: Layout,
  subject: RuleSubject,
): readonly LayoutProblem[] {
  return rules.flatMap(rule => checkRule(rule, layout, subject) ?? []);
}

function rulesOfStack(software: SoftwareStack): readonly LayoutRule[] {
  return [...supportRules, ...rulesAt(software).filter(({severity}) => severity !== 'noted')];
}

/** The rules of a stack's framework at its release; of an unknown release, those that all releases share. */
function rulesAt(software: SoftwareStack): readonly FrameworkRule[] {
  const {rules, readAt} = frameworkOf(software);
  const {release} = software;
  if (release === 'unknown')
    return rules.filter(({since, until}) => since === undefined && until === undefined);
  const at = release ?? readAt;
  return rules.filter(rule => isInForce(rule, at));
}
