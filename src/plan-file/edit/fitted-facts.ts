import type {MeasuredRange, Residual} from '../../frameworks/stack.js';
import type {PlanValue} from './set-in-plan.js';

/** Facts of one stack as a profile holds them. */
export type FittedSection = Record<string, PlanValue>;

/** A fitted fact as a profile states it. */
export interface StatedFact {
  /** `overlap.tensor`. */
  readonly key: string;
  readonly unit: 'fraction' | 'seconds';
  readonly value: number;
}

/** What runs leave over that the facts were fitted without, and what they span; null: not known. */
export interface FitEvidence {
  readonly step: Residual;
  readonly memory: Residual | null;
  readonly range: MeasuredRange | null;
}

/** Fitted facts of a stack as YAML holds them. */
export function fittedSection(
  facts: readonly StatedFact[],
  {step, memory, range}: FitEvidence,
): FittedSection {
  const section: FittedSection = {};
  for (const {key, unit, value} of facts) {
    const [group, name] = key.split('.') as [string, string | undefined];
    if (name === undefined) section[group] = written(unit, value);
    else section[group] = {...(section[group] as object | undefined), [name]: written(unit, value)};
  }
  section.step_residual = residualFields(step);
  if (memory !== null) section.memory_residual = residualFields(memory);
  if (range !== null) section.measured_range = rangeFields(range);
  return section;
}

function residualFields({p10, p90}: Residual): PlanValue {
  return {p10: rounded(p10), p90: rounded(p90)};
}

function written(unit: StatedFact['unit'], value: number): PlanValue {
  return unit === 'seconds' ? `${rounded(value * 1e6)} us` : rounded(value);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** Only figures that differ from the 1 that an absent one means. */
function rangeFields(range: MeasuredRange): PlanValue {
  const keys = {
    devices: range.devices,
    parameters: range.parameters,
    sequence_length: range.sequenceLength,
    micro_batch: range.microBatch,
    tensor: range.tensor,
    pipeline: range.pipeline,
    context: range.context,
    expert: range.expert,
  };
  return Object.fromEntries(
    Object.entries(keys)
      .filter(([, [, most]]) => most !== 1)
      .map(([key, [least, most]]) => [key, [least, most]]),
  );
}
