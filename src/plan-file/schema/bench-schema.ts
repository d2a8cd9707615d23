import * as z from 'zod';
import {quantity, text, wholeNumber} from './fields.js';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** The JSON of the script that measures a machine; what a later script adds is passed over. */
export const benchSchema = z.looseObject({
  walltime_bench: z.literal(1),
  created: text(),
  machine: z.looseObject({
    device: z.looseObject({
      type: text(),
      name: text(),
      memory_bytes: quantity('bytes'),
      compute_units: wholeNumber(),
    }),
    nodes: wholeNumber(),
    devices_per_node: wholeNumber(),
    devices_seen: z.optional(wholeNumber()),
    host: z.looseObject({memory_bytes: z.optional(z.nullable(quantity('bytes')))}),
    software: z.looseObject({torch: text()}),
  }),
  rows: z.array(z.record(z.string(), cell)).check(z.minLength(1)),
  skipped: z.optional(z.array(z.looseObject({op: text(), reason: text()}))),
});
