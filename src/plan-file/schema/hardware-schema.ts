import * as z from 'zod';
import {fields, flag, fraction, quantity, text, wholeNumber, word} from './fields.js';
import {byPrecision, figure, group, stackSchema, stated} from './stack-schema.js';

/** A shape in which every fact may be left to the part that is extended, or taken out of it by null. */
function refined(shape: z.core.$ZodShape): z.core.$ZodShape {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [key, z.optional(z.nullable(schema))]),
  );
}

const keys = () => quantity('count', {sign: 'not negative'});
const time = () => quantity('time', {sign: 'not negative'});
const headSpeeds = () =>
  z.array(fields({size: wholeNumber(), speed: quantity('fraction')})).check(z.minLength(1));

const flashRates = () => group({forward: fraction(), backward: fraction()});
const flashRows = () =>
  z.optional(
    group({
      forward: keys(),
      forward_mask: keys(),
      forward_tail: keys(),
      backward: keys(),
      backward_mask: keys(),
      backward_tail: keys(),
    }),
  );
const flashHeads = () => z.optional(group({forward: headSpeeds(), backward: headSpeeds()}));

const kernelFacts = {
  gemm_efficiency: group({...byPrecision(fraction()), default: fraction()}),
  tile: group({rows: wholeNumber(), columns: wholeNumber(), small_loss: z.optional(fraction())}),
  whole_waves: z
    .optional(figure(flag()))
    .describe('compute units idle until the last wave of tiles ends; absent: true'),
  half_depth: figure(keys()),
  half_depth_32: z
    .optional(figure(keys()))
    .describe('of 16-bit operands with a 32-bit output; absent: the same'),
  grouped: z
    .optional(group({exposure: fraction(), issue: time()}))
    .describe('products of experts; absent: one kernel that hides its traffic'),
  memory_efficiency: figure(fraction()),
  operand_efficiency: z
    .optional(figure(fraction()))
    .describe('of the memory bandwidth, by matrix products; absent: memory_efficiency'),
  start: z
    .optional(group({product: time(), stream: time(), attention: time()}))
    .describe('device time of a kernel without work; absent: none, but of streams by half_traffic'),
  half_traffic: z
    .optional(figure(quantity('bytes', {sign: 'not negative'})))
    .describe('older spelling of the start of streams: bytes at which they reach half of their bandwidth'),
  attention: group({
    forward: fraction(),
    backward: fraction(),
    flash2: z
      .optional(quantity('fraction'))
      .describe('older spelling: speed of FlashAttention-2 over that of this kernel'),
    forward_tail: z.optional(keys()).describe('older profiles state it; not used'),
    backward_tail: z.optional(keys()).describe('older profiles state it; not used'),
  }).describe(
    'fraction of the peak that the kernel of this generation reaches over long sequences with heads of 128',
  ),
  attention_rows: flashRows().describe(
    'keys whose work each query costs besides those that it reads, in addition under a mask, and rows of the last block; absent: as flash2_rows, or none',
  ),
  attention_heads: flashHeads().describe(
    'compiled head sizes and their speed over 128; absent: as flash2_heads, or any size at the same speed',
  ),
  flash2: z.optional(flashRates()).describe('FlashAttention-2; absent: it is the kernel of this generation'),
  flash2_rows: flashRows(),
  flash2_heads: flashHeads(),
};

const acceleratorFacts = {
  name: text(),
  compute_units: figure(wholeNumber()),
  peak: fields(byPrecision(figure(quantity('flopRate')))),
  memory: figure(quantity('bytes')),
  memory_bandwidth: figure(quantity('bandwidth')),
  power: figure(quantity('power')),
  idle_power: figure(quantity('power', {sign: 'not negative'})),
  price: z
    .optional(figure(z.union([z.null(), quantity('price', {sign: 'not negative'})])))
    .describe('of one device; null or absent: nobody sells it'),
  kernels: fields(kernelFacts),
};

const aliases = z.optional(z.array(text()).check(z.minLength(1)));

const hostFacts = {
  memory: figure(quantity('bytes')),
  link_bandwidth: figure(quantity('bandwidth')),
  storage_bandwidth: z
    .optional(figure(quantity('bandwidth')))
    .describe('of one node to the storage of checkpoints'),
  power: z
    .optional(figure(quantity('power', {sign: 'not negative'})))
    .describe('of the host, for each of its devices'),
};

const nics = z
  .optional(group({count: wholeNumber(), bandwidth: quantity('bandwidth')}))
  .describe('of one node, for the network between nodes');

/** How collectives use a link, as its curve or its level states it. */
const collectiveShape = {
  ramp: z
    .optional(quantity('count'))
    .describe('exponent by which latency and transfer combine, (a^r + b^r)^(1/r); absent: 1, they add up'),
  ring_ramp: z.optional(quantity('count')).describe('of rings and messages; absent: as ramp'),
  exchange_ramp: z.optional(quantity('count')).describe('of all-to-all; absent: as ring_ramp'),
  exchange_share: z.optional(fraction()).describe('of the sustained bandwidth in an all-to-all; absent: 1'),
  pair_share: z
    .optional(quantity('count'))
    .describe('bandwidth of a message over the sustained one of collectives; absent: 1'),
};

const efficiency = z.array(fields({bytes: quantity('bytes'), fraction: fraction()})).check(z.minLength(1));

/** Facts of a level that the state of its network stack changes. */
const stateFacts = {
  bandwidth: z
    .optional(figure(quantity('bandwidth')))
    .describe('of one device, one direction, while every device uses it; absent: its share of the NICs'),
  ring_latency: z
    .optional(figure(quantity('time', {sign: 'not negative'})))
    .describe('what each hop of a ring adds to a pass; absent: the latency'),
  eager_window: z
    .optional(group({from: quantity('bytes'), to: quantity('bytes'), step: quantity('time')}))
    .describe(
      'bytes a rank whose chunks overflow the receiver, and what a step of a ring costs then; absent: none',
    ),
};

const levelFacts = {
  level: text(),
  fan_out: z
    .optional(stated(wholeNumber()))
    .describe('units of the level below; only the outermost level has none'),
  ...stateFacts,
  latency: figure(quantity('time', {sign: 'not negative'})),
  start: z
    .optional(figure(quantity('time', {sign: 'not negative'})))
    .describe('kernel of a collective until its first byte moves; absent: 0'),
  flagged: z
    .optional(stated(flag()))
    .describe("small chunks go with a flag in every word (NCCL's LL); absent: they do"),
  rendezvous: z
    .optional(group({from: quantity('bytes'), latency: quantity('time', {sign: 'not negative'})}))
    .describe('messages of an all-reduce above these bytes wait for their receiver; absent: none does'),
  peer_latency: z
    .optional(figure(quantity('time', {sign: 'not negative'})))
    .describe('what each peer adds to an all-to-all; absent: an eighth of the latency'),
  ring_from: z
    .optional(figure(quantity('bytes')))
    .describe('bytes a rank from which an all-reduce takes rings; absent: any'),
  ...collectiveShape,
  state: z.optional(text()).describe('of the network stack, that these facts hold in'),
  other_states: z
    .optional(z.record(text(), fields(stateFacts)))
    .describe('what is different in the other states of the network stack, by name'),
  devices_per_nic: z.optional(stated(quantity('count'))).describe('absent: by the NICs of a node, or 1'),
  efficiency,
  efficiency_source: text(),
  shape: z.optional(word(['switch', 'mesh', 'torus'])).describe('absent: switch'),
  in_network_reduction: z.optional(stated(flag())),
  dimensions: z.optional(stated(wholeNumber())).describe('of a torus; absent: 3'),
};

const site = fields({
  pue: z.optional(figure(quantity('count'))).describe('power of the site over the power of its computers'),
  grid_carbon: z.optional(figure(quantity('carbonIntensity', {sign: 'not negative'}))),
  energy_price: z.optional(figure(quantity('energyPrice', {sign: 'not negative'}))),
});

const sources = z
  .optional(z.record(z.string(), text()))
  .describe('short names for the sources that figures cite');

/** Facts that a machine states itself, whether or not it names its parts. */
const machineFacts = {
  'walltime-hardware': z.literal(1),
  name: text(),
  description: text(),
  aliases: aliases.describe('other names of this machine: of a cloud instance, or of the system'),
  networks: z
    .optional(z.array(text()))
    .describe('words by which tables of measurements mean this machine rather than its accelerator alone'),
  usual: z.optional(flag()).describe('this machine is what the name of its accelerator alone means'),
  matches: z.optional(z.array(text())).describe('names of the accelerator, where it is not a part'),
  matches_network: z.optional(z.array(text())).describe('older spelling of networks'),
  sources,
  software: z.optional(z.record(z.string(), stackSchema)),
  site: z.optional(site),
  reliability: z.optional(
    fields({
      mtbf_per_device: figure(quantity('time')).describe('mean time between failures of one device'),
    }),
  ),
};

/** A machine with every part written out. */
export const hardwareSchema = fields({
  ...machineFacts,
  accelerator: fields({...acceleratorFacts, aliases}),
  host: fields(hostFacts),
  topology: z.array(fields({...levelFacts, nics})).check(z.minLength(1)),
});

export type HardwareFields = z.output<typeof hardwareSchema>;

const refinedAccelerator = {
  ...refined({...acceleratorFacts, kernels: fields(refined(kernelFacts))}),
  peak: z.optional(fields(refined(byPrecision(figure(quantity('flopRate')))))),
  aliases: aliases.describe(
    'names that drivers, clouds and tables give it; {chips} or {cores} stands for a number of them in a name',
  ),
};

const refinedLevel = {
  ...refined(levelFacts),
  level: z.optional(text()),
  curve: z.optional(text()).describe('efficiency by its name in curves.yaml'),
};

const boardFacts = {
  host: z.optional(fields(refined(hostFacts))),
  nics,
  topology: z
    .optional(z.array(fields({...refinedLevel, level: text()})))
    .describe('levels up to the node, or to the rack that is one NVLink domain'),
};

const extended = (noun: string) =>
  z.optional(text()).describe(`${noun} whose facts hold where none are stated here`);

const fabricLevel = fields({extends: extended('fabric'), ...refinedLevel});

/** A machine as its file states it: by parts, or with everything written out. */
export const machineSchema = fields({
  ...machineFacts,
  accelerator: z
    .optional(z.union([text(), fields({extends: extended('accelerator'), ...refinedAccelerator})]))
    .describe('a name in accelerators/, or its facts'),
  board: z
    .optional(z.union([text(), fields({extends: extended('board'), ...boardFacts})]))
    .describe('a name in boards/, or its facts'),
  fabric: z
    .optional(z.union([text(), fabricLevel, z.array(fabricLevel).check(z.minLength(1))]))
    .describe('the network between nodes: a name in fabrics/, its facts, or levels from the node outwards'),
  host: z.optional(fields(refined(hostFacts))),
  topology: z
    .optional(z.array(fields({...refinedLevel, level: text()})).check(z.minLength(1)))
    .describe('instead of board and fabric'),
});

/** Files of the parts that machines name, by kind. */
export const partSchemas = {
  accelerator: fields({
    'walltime-accelerator': z.literal(1),
    extends: extended('accelerator'),
    sources,
    ...refinedAccelerator,
  }),
  board: fields({
    'walltime-board': z.literal(1),
    extends: extended('board'),
    description: text(),
    sources,
    ...boardFacts,
  }),
  fabric: fields({
    'walltime-fabric': z.literal(1),
    extends: extended('fabric'),
    description: text(),
    sources,
    port: z
      .optional(z.nullable(figure(quantity('bandwidth'))))
      .describe('of its fastest NICs; a plan can name fabrics that state it, with a speed of their own'),
    ...refinedLevel,
  }),
  curves: fields({
    'walltime-curves': z.literal(1),
    curves: z.record(text(), fields({efficiency, ...collectiveShape, source: text()})),
  }),
} as const;

/** A fabric with every fact but its bandwidth, as a plan takes it at a speed of its own. */
export const fabricSchema = fields({
  ...levelFacts,
  port: figure(quantity('bandwidth')),
});
