import * as z from 'zod';
import {precisions} from '../../cluster/accelerator.js';
import {attentionKernels} from '../../frameworks/stack.js';
import {
  contextExchanges,
  defaultRankOrder,
  offloads,
  recomputeModules,
  scheduleNames,
  shardings,
} from '../../layout/layout.js';
import {checkpointModes, layoutStandings} from '../../plan/operation.js';
import {minimizable} from '../../plan/plan.js';
import {optimizers} from '../../plan/training.js';
import {lossLawNames} from '../../scaling/loss/loss-laws.js';
import {
  batch,
  fields,
  flag,
  fraction,
  quantity,
  quantityOr,
  text,
  tokenCount,
  wholeNumber,
  word,
} from './fields.js';
import {inlineModelSchema} from './model-schema.js';
import {overrideSchema} from './override-schema.js';

/** Shape of a plan file, format 1. */
const cluster = fields({
  hardware: text().describe('a name in hardware-profiles, or a path'),
  nodes: z.optional(wholeNumber()),
  devices: z.optional(wholeNumber()).describe('instead of nodes'),
  software: z
    .optional(
      z.union([
        text(),
        fields({
          name: text().describe('a training framework, or a stack of the hardware profile'),
          release: z
            .optional(text())
            .describe("a version, or a month such as '2025-12'; absent: the newest one"),
          recipe: z.optional(text()).describe("a variant with the settings of the framework's recipes"),
          unchecked: z.optional(flag()).describe('rules of the framework are warnings; absent: false'),
        }),
      ]),
    )
    .describe('the training framework; absent: generic'),
  fabric: z
    .optional(z.record(text(), quantity('bandwidth')))
    .describe(
      'instead of the network of the profile: one kind with its speed per node, one direction, such as {ethernet: 100 Gbit/s}; kinds are infiniband, roce, ethernet, slingshot, efa, omni-path, tcpx, tcpxo',
    ),
  price: z
    .optional(quantity('price', {sign: 'not negative'}))
    .describe('of one device, instead of the one in the profile'),
  override: z.optional(overrideSchema).describe('what of the profile is different here'),
});

const training = fields({
  tokens: tokenCount().describe('300e9 or 300 B'),
  unique_tokens: z.optional(tokenCount()).describe('of the data set; absent: every token is new'),
  sequence_length: wholeNumber(),
  global_batch: batch().describe('sequences of one optimizer step, or tokens as in 4 M tokens'),
  batch_ramp: z
    .optional(z.array(fields({until: tokenCount(), global_batch: batch()})))
    .describe('smaller batches at the start, each until that many tokens are seen'),
  precision: z.optional(word(precisions)).describe('absent: bf16'),
  optimizer: z.optional(word(optimizers)).describe('absent: adam'),
  attention_kernel: z.optional(word(attentionKernels)).describe("absent: the software stack's own"),
  expert_imbalance: z
    .optional(z.number().min(1))
    .describe('tokens of the most loaded expert rank over the mean; absent: 1'),
  gradient_bits: z
    .optional(z.literal([16, 32]))
    .describe("of an accumulated gradient; absent: the software stack's own"),
});

const degree = z.optional(wholeNumber());

const layout = fields({
  tensor: degree,
  pipeline: degree,
  data: degree,
  context: degree,
  expert: degree,
  expert_tensor: degree,
  sequence_parallel: z.optional(flag()),
  sharding: z.optional(word(shardings)).describe('ZeRO 0 to 3; parameters is FSDP'),
  sharding_group: z
    .optional(quantityOr(['all', 'node'], 'count', {sign: 'positive', whole: true}))
    .describe('ranks that one copy of the sharded state is spread over'),
  micro_batch: degree,
  schedule: z.optional(word(scheduleNames)),
  virtual_stages: degree,
  recompute: z
    .optional(
      z.union([
        word(['none', 'selective', 'full']),
        fields({layers: wholeNumber()}),
        fields({every: wholeNumber()}),
        fields({modules: z.array(word(recomputeModules)).min(1)}),
      ]),
    )
    .describe(
      'layers: that many of each stage, whole; every: each n-th layer, whole; modules: parts of every layer',
    ),
  offload: z.optional(word(offloads)),
  async_tensor: z
    .optional(flag())
    .describe('tensor-parallel communication beside the products that it feeds'),
  overlap: z
    .optional(
      fields({
        gradients: z.optional(flag()).describe('gradients are reduced beside the backward pass'),
        parameters: z.optional(flag()).describe('weights are gathered beside compute'),
        tensor: z.optional(flag()).describe('as async_tensor'),
      }),
    )
    .describe("communication beside compute; absent: the framework's default"),
  context_exchange: z.optional(word(contextExchanges)).describe('absent: all-gather'),
  causal_balancing: z
    .optional(flag())
    .describe('context ranks take early and late parts of the sequence; absent: true'),
  rank_order: z.optional(z.array(word(defaultRankOrder))).describe('fastest first; each dimension once'),
});

const diloco = fields({
  replicas: wholeNumber(),
  inner_steps: wholeNumber(),
  fragments: z.optional(wholeNumber()),
  overlap_steps: z.optional(wholeNumber('not negative')),
  outer_bits: z.optional(wholeNumber('positive', 32)),
  link: z.optional(
    fields({bandwidth: quantity('bandwidth'), latency: quantity('time', {sign: 'not negative'})}),
  ),
});

const goal = fields({
  minimize: z.optional(word(minimizable)).describe('absent: time; memory: the largest headroom'),
  deadline: z.optional(quantity('time')),
  budget: z.optional(quantity('money')),
  loss: z
    .optional(quantity('count'))
    .describe('that the training is to reach, in the unit of its law: nats per token for published ones'),
});

const loss = fields({
  law: z.optional(word(lossLawNames)).describe('a published loss law'),
  expression: z
    .optional(text())
    .describe(
      'instead of law: a formula of parameters N, tokens D, unique tokens U, replicas M and constants',
    ),
  constants: z.optional(
    z.record(text(), z.union([z.number(), fields({value: z.number(), standard_error: z.number().min(0)})])),
  ),
});

const narrowed = z.optional(
  z.union([
    z.array(wholeNumber()).check(z.minLength(1)),
    fields({min: z.optional(wholeNumber()), max: z.optional(wholeNumber())}),
  ]),
);

/** Values of a number of the plan that is not of the layout. */
const opened = z.optional(
  z.union([
    z.array(wholeNumber()).check(z.minLength(1)),
    fields({
      min: wholeNumber(),
      max: wholeNumber(),
      step: z.optional(wholeNumber()).describe('absent: every whole number; of devices: whole nodes'),
    }),
  ]),
);

const openedHardware = z.union([
  text(),
  fields({
    name: text().describe('a name in hardware-profiles, or a path'),
    software: z.optional(text()).describe("absent: the plan's"),
    price: z.optional(quantity('price', {sign: 'not negative'})).describe('of one device'),
  }),
]);

const spread = (of: string, counted: 'parameters' | 'sequences') =>
  z
    .optional(
      z.union([
        z.array(quantity('count', {sign: 'positive', counted})).check(z.minLength(1)),
        fields({
          from: quantity('count', {sign: 'positive', counted}),
          to: quantity('count', {sign: 'positive', counted}),
          count: z.optional(wholeNumber()),
        }),
      ]),
    )
    .describe(`${of}: a list, or values at equal ratios from one to another`);

const scaling = fields({
  parameters: spread('sizes of the model', 'parameters'),
  global_batch: spread('sequences of one optimizer step', 'sequences'),
  hidden_per_layer: z
    .optional(quantity('count'))
    .describe("hidden size over layers; absent: that of the plan's model"),
  flop: z.optional(quantity('flop')).describe('of the whole training, besides or instead of goal.deadline'),
  inference_tokens: z
    .optional(tokenCount())
    .describe('that the model will read and write once it is trained'),
});

const outerChoices = z.optional(z.array(wholeNumber()).check(z.minLength(1)));

const search = fields({
  hardware: z.optional(z.array(openedHardware).check(z.minLength(1))).describe('instead of cluster.hardware'),
  nodes: opened.describe('instead of cluster.nodes'),
  devices: opened.describe('instead of cluster.devices'),
  global_batch: opened.describe('instead of training.global_batch'),
  sequence_length: opened.describe('instead of training.sequence_length'),
  precision: z
    .optional(z.array(word(precisions)).check(z.minLength(1)))
    .describe('instead of training.precision'),
  tensor: narrowed,
  pipeline: narrowed,
  data: narrowed,
  context: narrowed,
  expert: narrowed,
  micro_batch: narrowed,
  virtual_stages: narrowed,
  diloco: z
    .optional(fields({replicas: outerChoices, inner_steps: outerChoices, fragments: outerChoices}))
    .describe('the outer level is chosen as well, ordinary data parallel among it'),
});

const ofCleanRun = () => z.optional(quantity('fraction', {sign: 'not negative'}));

const ownCalendar = fields({
  diagnosis: ofCleanRun().describe(
    'detection and diagnosis by hand, over the clean run; absent: as published',
  ),
  rollbacks: ofCleanRun().describe('steps done again after spikes of the loss'),
  first_part: ofCleanRun().describe('a first part that is given up'),
  slow_starts: ofCleanRun().describe('until the job runs at full speed'),
  throughput: ofCleanRun().describe('drops by stragglers, congestion, heat; absent: rising with nodes'),
  evaluation: ofCleanRun().describe('in which training stands still; absent: that of operation.evaluation'),
  waiting: ofCleanRun().describe('for devices'),
  layout: z
    .optional(word(layoutStandings))
    .describe('stated: the run has the layout of the answer; absent: where the plan states its degrees'),
});

const reliability = z.union([
  word(['none']),
  fields({
    calendar: z
      .optional(z.union([word(['published', 'clean']), ownCalendar]))
      .describe(
        'what the run loses besides failures at their rate; absent: published, as runs of its kind went',
      ),
    mtbf_per_device: z
      .optional(quantity('time'))
      .describe(
        "mean time between failures of one device; absent: the profile's, or that of published fleets",
      ),
    checkpoint: z
      .optional(quantityOr(['auto'], 'time', {sign: 'positive'}))
      .describe('training time between checkpoints; auto: the best one'),
    detection: z.optional(quantity('time', {sign: 'not negative'})).describe('of a failure; absent: 5 min'),
    restart: z
      .optional(quantity('time', {sign: 'not negative'}))
      .describe('from its detection to the next step; absent: 5 min'),
    spare_nodes: z
      .optional(wholeNumber('not negative'))
      .describe('that stand by; absent: another node is always at hand'),
    repair: z.optional(quantity('time')).describe('until a failed node is back; absent: 1 day'),
    node_share: z.optional(fraction()).describe('of failures that take a node away; absent: 0.78'),
  }),
]);

const notNegative = {sign: 'not negative'} as const;

const operation = fields({
  warm_up: z.optional(quantity('time', notNegative)).describe('from the start of the job to full speed'),
  evaluation: z
    .optional(fields({every_steps: wholeNumber(), time: quantity('time', notNegative)}))
    .describe('training stands still meanwhile'),
  checkpoint: z.optional(
    fields({
      mode: z.optional(word(checkpointModes)).describe('absent: blocking'),
      bandwidth: z
        .optional(quantity('bandwidth'))
        .describe("of all nodes to storage; absent: the profile's, or 1 GB/s a node"),
    }),
  ),
  stragglers: z.optional(
    fields({
      jitter: z
        .optional(fraction())
        .describe("standard deviation of a device's step time over its mean; absent: 0"),
      slow_nodes: z.optional(fraction()).describe('share of nodes that are slow; absent: 0'),
      slowdown: z.optional(quantity('fraction', notNegative)).describe('of a slow node, 0.1 is a tenth'),
    }),
  ),
  spot: z
    .optional(fields({price: quantity('price', notNegative), interruption: quantity('time')}))
    .describe('price of one device and mean time until it is taken away'),
  host_power: z
    .optional(quantity('power', notNegative))
    .describe("of host and switches, for each device; absent: the profile's, or 0.55 of the device's"),
  pue: z
    .optional(quantity('count'))
    .describe("power of the site over the power of its computers; absent: the profile's, or 1.1"),
  grid_carbon: z.optional(quantity('carbonIntensity', notNegative)),
  energy_price: z.optional(quantity('energyPrice', notNegative)),
});

/** What a run of this plan was measured to take: calibrate fits the software stack to it. */
const measured = fields({
  step_time: quantity('time'),
  allocated_memory: z.optional(quantity('bytes')).describe('peak of one device'),
  reserved_memory: z.optional(quantity('bytes')).describe('peak of one device'),
});

export const planSchema = fields({
  walltime: z.literal(1).describe('format of this file'),
  name: z.optional(text()),
  model: z
    .union([text(), inlineModelSchema])
    .describe(
      'a name of `walltime model list` or of the Hugging Face hub, a path, a path to a config.json, or the model itself',
    ),
  cluster,
  training,
  layout: z.optional(layout).describe('what is given is pinned, the planner fills the rest'),
  diloco: z.optional(diloco).describe('low-communication training; absent: ordinary data parallel'),
  goal: z.optional(goal),
  loss: z.optional(loss).describe('the loss law of the run; absent: besiroglu'),
  search: z
    .optional(search)
    .describe('values that the planner may choose from: of the layout, and of what else is opened here'),
  scaling: z.optional(scaling).describe('what walltime scale may choose from'),
  reliability: z
    .optional(reliability)
    .describe('failures, checkpoints and calendar; absent: as published; none: no failures and a clean run'),
  operation: z.optional(operation).describe('what happens beside the steps, energy and its price'),
  study: z
    .optional(z.record(text(), z.array(z.unknown()).check(z.minLength(1))))
    .describe('axes of a study: values of fields by their path, such as cluster.nodes: [8, 16]'),
  measured: z.optional(measured).describe('what the run was measured to take'),
});

/** A plan as its file states it. */
export type StatedPlan = z.output<typeof planSchema>;

type StatedTraining = StatedPlan['training'];
type StatedStage = NonNullable<StatedTraining['batch_ramp']>[number];

/** A plan whose batches are counts of sequences. */
export type PlanFields = Omit<StatedPlan, 'training'> & {
  readonly training: Omit<StatedTraining, 'global_batch' | 'batch_ramp'> & {
    readonly global_batch: number;
    readonly batch_ramp?: readonly (Omit<StatedStage, 'global_batch'> & {readonly global_batch: number})[];
  };
};
