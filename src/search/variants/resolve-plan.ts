import {completeLayout, type TakenDefault, takenDefaults} from '../../frameworks/complete-layout.js';
import {problemsOf} from '../../frameworks/problems.js';
import {hasEffect, type LayoutFieldName, layoutFieldNames} from '../../layout/fields.js';
import type {Layout} from '../../layout/layout.js';
import type {LayoutProblem} from '../../layout/rule.js';
import {estimateStep, type StepEstimate} from '../../pipeline/estimate.js';
import type {Plan} from '../../plan/plan.js';
import type {InfeasibleVariant, PlanVariant, PlanVariants, VariantChoices} from '../../plan/variant.js';
import type {Answer} from './answer.js';
import {answerVariants, withPossiblePins} from './search-variants.js';

/** The one layout that every command answers a plan with. */
export interface ResolvedPlan {
  /** With the values of what its search section opens. */
  readonly plan: Plan;
  /** Those values; empty where the plan opens nothing outside the layout. */
  readonly choices: VariantChoices;
  readonly layout: Layout;
  readonly estimate: StepEstimate;
  /** Fields of the layout that took a default; empty where a search chose them. */
  readonly defaults: readonly TakenDefault[];
  /** Fields of the layout that a search chose, with an effect, in the order of plans. */
  readonly chosen: readonly LayoutFieldName[];
}

export type Resolution =
  | ResolvedPlan
  | {readonly problems: readonly LayoutProblem[]}
  /** No layout fits in memory. */
  | {readonly failed: Answer};

/**
 * Answers a plan with one layout.
 *
 * A plan that states its degrees and its micro-batch has the layout that its framework's defaults make of it,
 * whether it fits or not. Of a plan that leaves them open, or that opens more than its layout, the best by its
 * goal is taken, as `plan` finds it.
 *
 * @param lossOf loss that a plan ends with, where its goal is about it
 */
export function resolvePlan(
  {variants, infeasible}: PlanVariants,
  lossOf: (plan: Plan) => number,
): Resolution {
  const {open, problems, infeasible: ruledOut} = completeVariants({variants, infeasible});
  const [first] = open;
  if (first === undefined) return {problems};
  if (open.length === 1 && completeLayout(first.plan) !== null) return resolved(variants, first, null);
  const answer = answerVariants({variants: open, infeasible: ruledOut}, {alternatives: 0, lossOf});
  if (answer.best !== null) return resolved(variants, answer.best.variant, answer.best.candidate.layout);
  return completeLayout(first.plan) === null ? {failed: answer} : resolved(variants, first, null);
}

function isChosen(name: LayoutFieldName, layout: Layout, {pins, model}: Plan): boolean {
  if (pins[name] !== undefined || !hasEffect(layout, name)) return false;
  if (name === 'expertTensor') return model.experts !== null;
  return name !== 'context' && name !== 'expert' ? true : layout[name] !== 1;
}

/**
 * The variant of a plan whose best layout is the best by its goal; the plan itself where it opens nothing outside
 * its layout, or where no layout fits. Null where none of them can hold what is pinned.
 */
export function bestVariant(space: PlanVariants, lossOf: (plan: Plan) => number): Plan | null {
  const {variants, infeasible} = withPossiblePins(space);
  if (variants.length < 2) return variants[0]?.plan ?? null;
  const {best} = answerVariants({variants, infeasible}, {alternatives: 0, lossOf});
  return best?.variant.plan ?? variants[0]?.plan ?? null;
}

/** Why no variant of a plan can run the layout that it states; empty where one can, or the layout is open. */
export function statedProblems(space: PlanVariants): readonly LayoutProblem[] {
  const {open, problems} = completeVariants(space);
  return open.length > 0 ? [] : problems;
}

/** Variants with the defaults of their framework in what they state, without those that it cannot run. */
function completeVariants({variants, infeasible}: PlanVariants) {
  const problems: LayoutProblem[] = [];
  const ruledOut: InfeasibleVariant[] = [...infeasible];
  const open = variants.flatMap(({choices, plan}): readonly PlanVariant[] => {
    const stated = completeLayout(plan);
    if (stated === null) return [{choices, plan}];
    const broken = problemsOf(stated, plan);
    if (broken.length === 0) return [{choices, plan: {...plan, pins: stated}}];
    problems.push(...broken);
    ruledOut.push({choices, reason: broken[0]?.message ?? ''});
    return [];
  });
  return {open, problems, infeasible: ruledOut};
}

/** @param found the layout that a search chose; null: the stated one */
function resolved(
  variants: readonly PlanVariant[],
  {choices, plan}: PlanVariant,
  found: Layout | null,
): ResolvedPlan {
  const layout = found ?? completeLayout(plan);
  const asStated = variants.find(variant => variant.choices === choices)?.plan ?? plan;
  if (layout === null) throw new Error('a plan without open fields has a layout');
  const isStated = completeLayout(asStated) !== null;
  return {
    plan: asStated,
    choices,
    layout,
    estimate: estimateStep({...plan, layout}),
    defaults: isStated ? takenDefaults(layout, asStated) : [],
    chosen: isStated ? [] : layoutFieldNames.filter(name => isChosen(name, layout, asStated)),
  };
}
