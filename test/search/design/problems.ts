import fc from 'fast-check';
import type {DesignSpace} from '../../../src/layout/design.js';
import {minimizable} from '../../../src/layout/plan.js';
import {formatProblem} from '../../../src/plan-file/problem.js';
import {readPlanText} from '../../../src/plan-file/read-plan.js';
import {type Risk, risks} from '../../../src/units/band.js';

export interface DesignProblem {
  /** Of a plan file. */
  readonly text: string;
  readonly risk: Risk;
}

export async function readSpace(text: string): Promise<DesignSpace> {
  const read = await readPlanText('plan.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.space;
}

/**
 * Small plans with up to eight designs, most of the layout pinned so that all of it can be evaluated.
 * Deadlines and budgets are met by all, some or none; small devices hold nothing.
 */
export const designProblems: fc.Arbitrary<DesignProblem> = fc
  .record({
    minimize: fc.constantFrom(...minimizable),
    risk: fc.constantFrom(...risks),
    nodes: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4), {minLength: 1, maxLength: 2}),
    batch: fc.constantFrom('[24]', '[48]', '[24, 48]'),
    recompute: fc.constantFrom('none', 'full'),
    deadlineHours: fc.option(fc.constantFrom(1, 10, 40, 100, 1000), {nil: null}),
    budget: fc.option(fc.constantFrom(20, 600, 2000, 1e6), {nil: null}),
    priced: fc.boolean(),
    memory: fc.constantFrom(6, 40, 80, 80),
    model: fc.constantFrom('megatron-1.7b', 'megatron-3.6b', 'llama-2-7b'),
    sharding: fc.constantFrom('none', 'optimizer', 'parameters'),
    tokens: fc.constantFrom('1e9', '1e9', '20e9'),
    alone: fc.boolean(),
    tied: fc.boolean(),
  })
  .map(choice => {
    const price = choice.priced ? ', price: $2/hour' : '';
    // The same machine by another name: all its designs tie.
    const other = choice.tied ? 'hardware-profiles/selene-a100-80gb.yaml' : 'a100-80gb';
    const machines = [
      `{name: selene-a100-80gb${price}}`,
      ...(choice.alone ? [] : [`{name: ${other}${price}}`]),
    ];
    return {
      risk: choice.risk,
      text: `walltime: 1
model: ${choice.model}
cluster:
  hardware: selene-a100-80gb
  nodes: 1
  override: {accelerator: {memory: ${choice.memory} GiB}}
training: {tokens: ${choice.tokens}, sequence_length: 2048, global_batch: 48, precision: bf16}
layout: {context: 1, expert: 1, sharding: ${choice.sharding}, sharding_group: all, schedule: 1f1b, virtual_stages: 1, recompute: ${choice.recompute}, sequence_parallel: false, offload: none,
  async_tensor: false, context_exchange: all-gather, causal_balancing: true, rank_order: [tensor, context, expert, data, pipeline]}
search:
  nodes: [${choice.nodes.join(', ')}]
  global_batch: ${choice.batch}
  hardware: [${machines.join(', ')}]
  tensor: [1, 2, 4]
  pipeline: [1, 2]
  micro_batch: [1, 2]
goal:
  minimize: ${choice.minimize}
${choice.deadlineHours === null ? '' : `  deadline: ${choice.deadlineHours} hours\n`}${choice.budget === null ? '' : `  budget: ${choice.budget} USD\n`}reliability: none
`,
    };
  });
