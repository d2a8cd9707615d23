import * as z from 'zod';
import {fields, flag, quantity, wholeNumber} from './fields.js';
import {byPrecision, stackSchema} from './stack-schema.js';

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
