import fc from 'fast-check';
import {minimizable, type Plan} from '../../../src/plan/plan.js';
import type {PlanVariant, PlanVariants} from '../../../src/plan/variant.js';
import {formatProblem} from '../../../src/plan-file/problem.js';
import {readPlanText} from '../../../src/plan-file/read-plan.js';
import {type Risk, risks} from '../../../src/units/band.js';
import {bytes, seconds, usd, usdPerSecond} from '../../../src/units/quantities.js';

export interface VariantProblem {
  readonly space: PlanVariants;
  readonly risk: Risk;
}

export async function readSpace(text: string): Promise<PlanVariants> {
  const read = await readPlanText('plan.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.space;
}

/** Variants of one model on two machines, the first of them also by another name, so that its variants tie. */
async function allDesigns(model: string): Promise<readonly PlanVariant[]> {
  const {variants} = await readSpace(`walltime: 1
model: ${model}
cluster: {hardware: selene-a100-80gb, nodes: 1}
training: {tokens: 1e9, sequence_length: 2048, global_batch: 48, precision: bf16}
layout:
  {context: 1, expert: 1, sharding_group: all, schedule: 1f1b, virtual_stages: 1, offload: none, async_tensor: false,
   sequence_parallel: false, context_exchange: all-gather, causal_balancing: true,
   rank_order: [tensor, context, expert, data, pipeline]}
search:
  hardware: [selene-a100-80gb, hardware-profiles/selene-a100-80gb.yaml, a100-80gb]
  nodes: [1, 2, 3, 4]
  global_batch: [24, 48]
  tensor: [1, 2, 4]
  pipeline: [1, 2]
  micro_batch: [1, 2]
reliability: none
`);
  return variants;
}

const models = await Promise.all(['megatron-1.7b', 'llama-2-7b'].map(allDesigns));

/**
 * One to five of these variants, with a goal. Deadlines and budgets are met by all, some or none; small
 * devices hold nothing; variants and layouts tie.
 */
export const designProblems: fc.Arbitrary<VariantProblem> = fc
  .record({
    variants: fc.constantFrom(...models).chain(all => fc.subarray([...all], {minLength: 1, maxLength: 5})),
    minimize: fc.constantFrom(...minimizable),
    risk: fc.constantFrom(...risks),
    deadlineHours: fc.option(fc.constantFrom(1, 10, 40, 100, 1000), {nil: null}),
    budget: fc.option(fc.constantFrom(20, 600, 2000, 1e6), {nil: null}),
    hourlyPrice: fc.option(fc.constantFrom(1, 2), {nil: null}),
    memoryGiB: fc.constantFrom(6, 40, 80, 80),
    sharding: fc.constantFrom('none' as const, 'optimizer' as const, 'parameters' as const),
    recompute: fc.constantFrom('none' as const, 'full' as const),
  })
  .map(({variants, risk, ...choice}) => ({
    risk,
    space: {
      variants: variants.map(({choices, plan}) => ({choices, plan: changed(plan, choice)})),
      infeasible: [],
    },
  }));

interface Changes {
  readonly minimize: Plan['goal']['minimize'];
  readonly deadlineHours: number | null;
  readonly budget: number | null;
  readonly hourlyPrice: number | null;
  readonly memoryGiB: number;
  readonly sharding: 'none' | 'optimizer' | 'parameters';
  readonly recompute: 'none' | 'full';
}

function changed(plan: Plan, changes: Changes): Plan {
  const {deadlineHours, budget, hourlyPrice, memoryGiB, minimize, sharding, recompute} = changes;
  const {cluster} = plan;
  const price = hourlyPrice === null ? null : usdPerSecond(hourlyPrice / 3600);
  return {
    ...plan,
    cluster: {
      ...cluster,
      accelerator: {...cluster.accelerator, memory: bytes(memoryGiB * 2 ** 30), price},
    },
    pins: {...plan.pins, sharding, recompute},
    goal: {
      ...plan.goal,
      minimize,
      deadline: deadlineHours === null ? null : seconds(deadlineHours * 3600),
      budget: budget === null ? null : usd(budget),
    },
  };
}
