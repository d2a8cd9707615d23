import * as z from 'zod';
import {fields, flag, fraction, quantity, text, wholeNumber, word} from './fields.js';
import {byPrecision, figure, group, stackSchema, stated} from './stack-schema.js';

/** Shape of hardware-profiles/*.yaml: every figure states its source. */
const kernels = fields({
  gemm_efficiency: group({...byPrecision(fraction()), default: fraction()}),
  tile: group({rows: wholeNumber(), columns: wholeNumber(), small_loss: z.optional(fraction())}),
  half_depth: figure(quantity('count', {sign: 'not negative'})),
  half_depth_32: z
    .optional(figure(quantity('count', {sign: 'not negative'})))
    .describe('of 16-bit operands with a 32-bit output; absent: the same'),
  grouped: z
    .optional(group({exposure: fraction(), issue: quantity('time', {sign: 'not negative'})}))
    .describe('products of experts; absent: one kernel that hides its traffic'),
  memory_efficiency: figure(fraction()),
  half_traffic: figure(quantity('bytes', {sign: 'not negative'})),
  attention: group({
    forward: fraction(),
    backward: fraction(),
    flash2: z.optional(quantity('fraction')),
    forward_tail: z.optional(quantity('count', {sign: 'not negative'})),
    backward_tail: z.optional(quantity('count', {sign: 'not negative'})),
  }),
});

const accelerator = fields({
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
  kernels,
});

const host = fields({
  memory: figure(quantity('bytes')),
  link_bandwidth: figure(quantity('bandwidth')),
  storage_bandwidth: z
    .optional(figure(quantity('bandwidth')))
    .describe('of one node to the storage of checkpoints'),
  power: z
    .optional(figure(quantity('power', {sign: 'not negative'})))
    .describe('of the host, for each of its devices'),
});

const level = fields({
  level: text(),
  fan_out: z
    .optional(stated(wholeNumber()))
    .describe('units of the level below; only the outermost level has none'),
  bandwidth: figure(quantity('bandwidth')).describe(
    'of one device, one direction, while every device uses it',
  ),
  latency: figure(quantity('time', {sign: 'not negative'})),
  ring_latency: z
    .optional(figure(quantity('time', {sign: 'not negative'})))
    .describe('what each hop of a ring adds to a pass; absent: the latency'),
  devices_per_nic: z.optional(stated(quantity('count'))),
  efficiency: z.array(fields({bytes: quantity('bytes'), fraction: fraction()})).check(z.minLength(1)),
  efficiency_source: text(),
  shape: word(['switch', 'mesh', 'torus']),
  in_network_reduction: z.optional(stated(flag())),
  dimensions: z.optional(stated(wholeNumber())).describe('of a torus; absent: 3'),
});

const site = fields({
  pue: z.optional(figure(quantity('count'))).describe('power of the site over the power of its computers'),
  grid_carbon: z.optional(figure(quantity('carbonIntensity', {sign: 'not negative'}))),
  energy_price: z.optional(figure(quantity('energyPrice', {sign: 'not negative'}))),
});

export const hardwareSchema = fields({
  'walltime-hardware': z.literal(1),
  name: text(),
  description: text(),
  matches: z.optional(z.array(text())).describe('names of this accelerator in tables of measurements'),
  matches_network: z.optional(z.array(text())),
  sources: z.optional(z.record(z.string(), text())).describe('short names for the sources that figures cite'),
  accelerator,
  host,
  topology: z.array(level).check(z.minLength(1)),
  software: z.optional(z.record(z.string(), stackSchema)),
  site: z.optional(site),
  reliability: z.optional(
    fields({
      mtbf_per_device: figure(quantity('time')).describe('mean time between failures of one device'),
    }),
  ),
});

export type HardwareFields = z.output<typeof hardwareSchema>;

/** `cluster.override` of a plan: what of the profile is different here. */
export const overrideSchema = fields({
  accelerator: z.optional(
    fields({
      compute_units: z.optional(wholeNumber()),
      peak: z.optional(fields(byPrecision(quantity('flopRate')))),
      memory: z.optional(quantity('bytes')),
      memory_bandwidth: z.optional(quantity('bandwidth')),
      power: z.optional(quantity('power')),
      idle_power: z.optional(quantity('power', {sign: 'not negative'})),
      price: z.optional(quantity('price', {sign: 'not negative'})),
    }),
  ),
  host: z.optional(
    fields({memory: z.optional(quantity('bytes')), link_bandwidth: z.optional(quantity('bandwidth'))}),
  ),
  topology: z.optional(
    z.record(
      z.string(),
      fields({
        fan_out: z.optional(wholeNumber()),
        bandwidth: z.optional(quantity('bandwidth')),
        latency: z.optional(quantity('time', {sign: 'not negative'})),
        devices_per_nic: z.optional(quantity('count')),
        in_network_reduction: z.optional(flag()),
      }),
    ),
  ),
  software: z.optional(stackSchema).describe('facts of the software stack that the plan names'),
});

export type OverrideFields = z.output<typeof overrideSchema>;
