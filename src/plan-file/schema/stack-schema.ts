import * as z from 'zod';
import {precisions} from '../../cluster/accelerator.js';
import {
  attentionKernels,
  expertDispatches,
  selectiveRecomputes,
  stageBalances,
} from '../../frameworks/stack.js';
import {contextExchanges, offloads, scheduleNames, shardings} from '../../layout/layout.js';
import {fields, flag, fraction, quantity, text, wholeNumber, word} from './fields.js';

/** Where a figure comes from, next to it. */
const provenance = {
  source: text(),
  date: z.optional(text()),
  note: z.optional(text()),
  fitted_to: z.optional(text()),
};

/** `{value: 80 GiB, source: ...}`, read as its value. */
export function figure<Value>(schema: z.ZodType<Value>) {
  // TypeScript cannot resolve the key of a generic shape.
  return fields({value: schema, ...provenance}).transform(
    record => (record as {readonly value: Value}).value,
  );
}

/** A figure, or its value alone. */
export function stated<Value>(schema: z.ZodType<Value>) {
  return z.union([schema, figure(schema)]);
}

/** A map of figures that share one source. */
export const group = <const Shape extends z.core.$ZodShape>(shape: Shape) =>
  fields({
    ...shape,
    source: z.optional(text()),
    date: z.optional(text()),
    note: z.optional(text()),
    fitted_to: z.optional(text()),
  });

/** One optional field for each precision. */
export function byPrecision<Schema extends z.ZodType>(schema: Schema) {
  const optional = z.optional(schema);
  const shape = Object.fromEntries(precisions.map(precision => [precision, optional]));
  return shape as Record<(typeof precisions)[number], typeof optional>;
}

const bits = (choices: readonly [16, 32]) => z.literal([...choices]);

const stackShape = {
  extends: z.optional(text()).describe('stack whose facts hold where this one states none; absent: generic'),
  description: z.optional(text()),
  fitted_to: z.optional(
    z.union([text(), fields({file: text(), rows: z.optional(z.array(z.union([z.string(), z.number()])))})]),
  ),
  kernel_launch: z.optional(stated(quantity('time', {sign: 'not negative'}))),
  collective_launch: z.optional(stated(quantity('time', {sign: 'not negative'}))),
  ring_step: z.optional(stated(quantity('time', {sign: 'not negative'}))),
  message_launch: z.optional(stated(quantity('time', {sign: 'not negative'}))),
  step_overhead: z.optional(stated(quantity('time', {sign: 'not negative'}))),
  gemm_scale: z.optional(
    z.union([
      quantity('fraction'),
      group({
        ...byPrecision(quantity('fraction')),
        default: z.optional(quantity('fraction')),
        value: z.optional(quantity('fraction')),
      }),
    ]),
  ),
  attention_kernel: z.optional(stated(word(attentionKernels))),
  attention_scale: z.optional(stated(quantity('fraction'))),
  flash_head_limit: z.optional(stated(wholeNumber())),
  memory_scale: z.optional(stated(quantity('fraction'))),
  expert_scale: z.optional(stated(quantity('fraction'))),
  link_scale: z.optional(
    group({node: z.optional(quantity('fraction')), fabric: z.optional(quantity('fraction'))}),
  ),
  fused: z.optional(
    group({
      norm: z.optional(flag()),
      activation: z.optional(flag()),
      residual: z.optional(flag()),
      rotary: z.optional(flag()),
      cross_entropy: z.optional(flag()),
      optimizer: z.optional(flag()),
    }),
  ),
  selective_recompute: z.optional(stated(word(selectiveRecomputes))),
  expert_dispatch: z.optional(stated(word(expertDispatches))),
  expert_dispatch_bits: z.optional(stated(z.literal([8, 16]))),
  stage_balance: z.optional(stated(word(stageBalances))),
  overlap: z.optional(
    group({
      gradient_reduction: z.optional(stated(fraction())),
      parameter_gather: z.optional(stated(fraction())),
      tensor: z.optional(stated(fraction())),
      pipeline: z.optional(stated(fraction())),
      expert: z.optional(stated(fraction())),
      context: z.optional(stated(fraction())),
      compute_slowdown: z.optional(stated(fraction())),
    }),
  ),
  step_residual: z
    .optional(group({p10: quantity('fraction'), p90: quantity('fraction')}))
    .describe('measured over predicted step time'),
  memory_residual: z
    .optional(group({p10: quantity('fraction'), p90: quantity('fraction')}))
    .describe('measured over predicted memory'),
  measured_range: z
    .optional(
      group({
        devices: z.optional(z.tuple([z.number(), z.number()])),
        parameters: z.optional(z.tuple([z.number(), z.number()])),
        sequence_length: z.optional(z.tuple([z.number(), z.number()])),
        micro_batch: z.optional(z.tuple([z.number(), z.number()])),
        tensor: z.optional(z.tuple([z.number(), z.number()])),
        pipeline: z.optional(z.tuple([z.number(), z.number()])),
        context: z.optional(z.tuple([z.number(), z.number()])),
        expert: z.optional(z.tuple([z.number(), z.number()])),
      }),
    )
    .describe('least and greatest of each among the runs that the constants were fitted to'),
  gradient_bits: z.optional(stated(bits([16, 32]))),
  gradient_reduce_bits: z.optional(stated(bits([16, 32]))),
  bucket: z.optional(stated(quantity('bytes'))),
  supports: z
    .optional(
      group({
        schedules: z.optional(z.array(word(scheduleNames))),
        shardings: z.optional(z.array(word(shardings)).check(z.minLength(1))),
        pipelined_shardings: z.optional(z.array(word(shardings)).check(z.minLength(1))),
        sharding_groups: z.optional(flag()),
        offloads: z.optional(z.array(word(offloads)).check(z.minLength(1))),
        context_exchanges: z.optional(z.array(word(contextExchanges))),
        async_tensor: z.optional(flag()),
        partial_recompute: z.optional(flag()),
        pipeline_before_data: z.optional(flag()),
      }),
    )
    .describe('what the framework can run: the planner chooses from it; no schedules: no pipeline'),
  memory: z.optional(
    group({
      context: z.optional(stated(quantity('bytes', {sign: 'not negative'}))),
      communicator: z.optional(stated(quantity('bytes', {sign: 'not negative'}))),
      reserve: z.optional(stated(quantity('fraction', {sign: 'not negative'}))),
      usable: z.optional(stated(fraction())),
      workspace: z.optional(stated(quantity('bytes', {sign: 'not negative'}))),
      weight_bits: z.optional(stated(bits([16, 32]))),
      shard_gradient_bits: z.optional(stated(z.literal([0, 32]))),
      gradient_buckets: z.optional(stated(word(['one', 'all']))),
      update_gather: z.optional(stated(word(['in-place', 'buffered']))),
      gather_buffers: z.optional(stated(wholeNumber('not negative'))),
      loss: z.optional(stated(word(['sharded', 'gathered']))),
      logit_bits: z.optional(stated(wholeNumber())),
      narrow_bits: z
        .optional(
          group({
            product_input: wholeNumber(),
            attention_output: wholeNumber(),
            activation_input: wholeNumber(),
          }),
        )
        .describe('activations that wait for the backward pass while products run in 8 bits or fewer'),
      vocabulary_multiple: z.optional(stated(wholeNumber('not negative'))),
    }),
  ),
};

/** Facts of a software stack; whatever is absent is inherited. */
export const stackSchema = fields(stackShape);

export type StackFields = z.output<typeof stackSchema>;

/** hardware-profiles/frameworks/<name>.yaml: a framework that every machine can run. */
export const frameworkSchema = fields({
  'walltime-framework': z.literal(1),
  sources: z.optional(z.record(z.string(), text())).describe('short names for the sources that figures cite'),
  ...stackShape,
  machines: z
    .optional(z.record(z.string(), stackSchema))
    .describe('facts that hold on one machine, by its name'),
  fitted: z
    .optional(z.record(z.string(), stackSchema))
    .describe('constants fitted to measured runs, by machine; any-machine where a machine has none'),
});
