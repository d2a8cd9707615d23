import type {MeasuredRange, Residual} from '../../cluster/software-stack.js';
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

/** Where fitted facts come from. */
export interface FitSource {
  readonly file: string;
  /** Ids of rows. */
  readonly rows: readonly string[];
}

/** What runs leave over that the facts were fitted without, and what they span; null: they say nothing of it. */
export interface FitEvidence {
  readonly step: Residual;
  readonly memory: Residual | null;
  readonly range: MeasuredRange | null;
}

/** The section of a stack with fitted facts, as YAML holds it. */
export function fittedSection(
  facts: readonly StatedFact[],
  source: FitSource,
  {step, memory, range}: FitEvidence,
): FittedSection {
  const section: FittedSection = {
    fitted_to: {file: source.file, rows: rowRanges(source.rows)},
  };
  const groups = new Map<string, Record<string, PlanValue>>();
  for (const {key, unit, value} of facts) {
    const [group, name] = key.split('.') as [string, string | undefined];
    if (name === undefined) section[group] = {value: written(unit, value), source: 'fitted'};
    else groups.set(group, {...groups.get(group), [name]: written(unit, value)});
  }
  for (const [group, values] of groups) section[group] = {...values, source: 'fitted'};
  section.step_residual = {
    p10: rounded(step.p10),
    p90: rounded(step.p90),
    source: 'measured over predicted step time of runs that the facts were fitted without',
  };
  if (memory !== null) {
    section.memory_residual = {
      p10: rounded(memory.p10),
      p90: rounded(memory.p90),
      source: 'measured over predicted memory of its runs on any machine',
    };
  }
  if (range !== null) section.measured_range = rangeFields(range);
  return section;
}

function written(unit: StatedFact['unit'], value: number): PlanValue {
  return unit === 'seconds' ? `${rounded(value * 1e6)} us` : rounded(value);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function rangeFields(range: MeasuredRange): PlanValue {
  const pair = ([least, most]: readonly [number, number]) => [least, most];
  return {
    devices: pair(range.devices),
    parameters: pair(range.parameters),
    sequence_length: pair(range.sequenceLength),
    micro_batch: pair(range.microBatch),
    tensor: pair(range.tensor),
    pipeline: pair(range.pipeline),
    context: pair(range.context),
    expert: pair(range.expert),
  };
}

/** Ids with consecutive numbers as one entry: `aleph-0001 to aleph-0212`. */
function rowRanges(ids: readonly string[]): string[] {
  const ranges: {first: string; last: string}[] = [];
  for (const id of ids) {
    const open = ranges.at(-1);
    if (open !== undefined && follows(open.last, id)) open.last = id;
    else ranges.push({first: id, last: id});
  }
  return ranges.map(({first, last}) => (first === last ? first : `${first} to ${last}`));
}

function follows(before: string, id: string): boolean {
  const [a, b] = [before, id].map(text => /^(.*?)(\d+)$/.exec(text));
  return a != null && b != null && a[1] === b[1] && Number(b[2]) === Number(a[2]) + 1;
}
