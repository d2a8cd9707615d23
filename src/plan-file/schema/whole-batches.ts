import {formatCount} from '../../units/format-quantity.js';
import type {StatedBatch} from './fields.js';
import type {PlanFields, StatedPlan} from './plan-schema.js';

/** A plan whose batches are whole sequences, and what was rounded for it, as sentences. */
export interface WholeBatches {
  readonly fields: PlanFields;
  readonly assumptions: readonly string[];
}

/** Batches that are stated in tokens as the nearest whole number of sequences, at least one. */
export function withWholeBatches({training, ...rest}: StatedPlan): WholeBatches {
  const {global_batch, batch_ramp, ...others} = training;
  const assumptions: string[] = [];
  const whole = (path: string, stated: StatedBatch): number => {
    if (typeof stated === 'number') return stated;
    const sequences = Math.max(1, Math.round(stated.tokens / training.sequence_length));
    assumptions.push(
      `${path}: ${formatCount(stated.tokens)} tokens taken as ${sequences} sequences of ${training.sequence_length}`,
    );
    return sequences;
  };
  const ramp = batch_ramp?.map((stage, i) => ({
    ...stage,
    global_batch: whole(`training.batch_ramp[${i}].global_batch`, stage.global_batch),
  }));
  return {
    fields: {
      ...rest,
      training: {
        ...others,
        global_batch: whole('training.global_batch', global_batch),
        ...(ramp === undefined ? {} : {batch_ramp: ramp}),
      },
    },
    assumptions,
  };
}
