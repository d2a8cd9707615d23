import {numReplicas, type Plan} from '../../plan/plan.js';
import type {InfeasibleVariant, PlanVariant, PlanVariants, VariantChoices} from '../../plan/variant.js';
import {planLoss} from '../../scaling/loss/plan-loss.js';
import {tokensToLoss} from '../../scaling/time-aware/questions/inference-aware.js';
import {dataParallelOf, outerVariants} from '../../scaling/time-aware/questions/outer-variants.js';

/**
 * The variants with every outer level that their plans may choose, and without one.
 *
 * Replicas that meet seldom are fast and end with a higher loss. Unless loss is what the plan minimizes, each is
 * trained on as many tokens as take it to the loss of data parallel, so that times and costs compare.
 */
export function withDilocoVariants({variants, infeasible}: PlanVariants): PlanVariants {
  const spaces = variants.map(dilocoVariantsOf);
  return {
    variants: spaces.flatMap(space => space.variants),
    infeasible: [...infeasible, ...spaces.flatMap(space => space.infeasible)],
  };
}

function dilocoVariantsOf(variant: PlanVariant): PlanVariants {
  const {plan, choices} = variant;
  if (plan.dilocoChoices === null) return {variants: [variant], infeasible: []};
  const together = dataParallelOf(plan);
  const reference = planLoss(together).value;
  const variants: PlanVariant[] = [{choices: {...choices, replicas: 'none'}, plan: together}];
  const infeasible: InfeasibleVariant[] = [];
  for (const variant of outerVariants(plan, plan.dilocoChoices)) {
    const own = {...choices, ...outerChoices(variant)};
    const tokens = plan.goal.minimize === 'loss' ? plan.training.tokens : equalLossTokens(variant, reference);
    const {globalBatch} = variant.training;
    if (!Number.isInteger(globalBatch))
      infeasible.push({choices: own, reason: 'the replicas do not divide the global batch'});
    else if (tokens === null)
      infeasible.push({choices: own, reason: 'no number of tokens reaches the loss of data parallel'});
    else
      variants.push({
        choices: tokens === plan.training.tokens ? own : {...own, tokens},
        plan: {...variant, training: {...variant.training, tokens}},
      });
  }
  return {variants, infeasible};
}

function outerChoices({diloco}: Plan): VariantChoices {
  if (diloco === null) throw new Error('a variant of DiLoCo has an outer level');
  const {replicas, innerSteps, fragments} = diloco;
  return {replicas, innerSteps, fragments};
}

/** In whole steps; null where no number of tokens is enough. */
function equalLossTokens(plan: Plan, loss: number): number | null {
  const tokens = tokensToLoss(plan, loss);
  if (tokens === null) return null;
  const step = plan.training.globalBatch * numReplicas(plan) * plan.training.sequenceLength;
  return Math.ceil(tokens / step) * step;
}
