import type {PathSegment} from '../problem.js';
import type {PlanFields} from '../schema/plan-schema.js';
import type {Finding} from '../source.js';

type SearchFields = NonNullable<PlanFields['search']>;

/** A hardware profile that the search may choose, with what goes with it. */
export interface OpenedHardware {
  readonly name: string;
  readonly software: string | undefined;
  /** Dollars a second of one device. */
  readonly price: number | undefined;
}

const numbers = ['nodes', 'devices', 'global_batch', 'sequence_length'] as const;
type OpenedNumber = (typeof numbers)[number];

export function openedHardware({hardware}: SearchFields): readonly OpenedHardware[] | undefined {
  return hardware?.map(stated =>
    typeof stated === 'string'
      ? {name: stated, software: undefined, price: undefined}
      : {name: stated.name, software: stated.software, price: stated.price},
  );
}

/**
 * Every value that a number of the search section may take; undefined where it is not open.
 *
 * @param defaultStep of a range that states none
 */
export function openedNumbers(
  search: SearchFields,
  field: OpenedNumber,
  defaultStep = 1,
): readonly number[] | undefined {
  const stated = search[field];
  if (stated === undefined || Array.isArray(stated)) return stated;
  const {min, max, step = defaultStep} = stated;
  // Whole nodes are counted from none, other steps from the smallest value.
  const first = stated.step === undefined ? Math.ceil(min / step) * step : min;
  return Array.from({length: Math.max(0, Math.floor((max - first) / step) + 1)}, (_, i) => first + i * step);
}

/** What does not hold between the values that a search section opens, each of which is right by itself. */
export function openedFindings({search = {}, cluster}: PlanFields): Finding[] {
  const findings: Finding[] = [];
  const add = (path: readonly PathSegment[], message: string, hint: string) =>
    findings.push({path: ['search', ...path], at: 'value', message, hint});
  for (const field of numbers) {
    const stated = search[field];
    if (stated === undefined) continue;
    if (Array.isArray(stated)) addRepeated(field, stated, add);
    else if (stated.min > stated.max) {
      add([field], `min ${stated.min} is above max ${stated.max}`, 'swap them');
    }
  }
  if (search.nodes !== undefined && search.devices !== undefined) {
    add(['devices'], 'the size of the cluster is opened twice', 'keep nodes or devices');
  }
  addRepeated('precision', search.precision ?? [], add);
  const hardware = openedHardware(search) ?? [];
  addRepeated(
    'hardware',
    hardware.map(({name, software}) => (software === undefined ? name : `${name} with ${software}`)),
    add,
  );
  if (hardware.length > 0 && cluster.price !== undefined) {
    const message = `cluster.price would be that of each of ${hardware.length} machines`;
    add(['hardware'], message, 'state it beside each name here: {name: ..., price: ...}');
  }
  return findings;
}

function addRepeated(
  field: string,
  values: readonly (string | number)[],
  add: (path: readonly PathSegment[], message: string, hint: string) => void,
): void {
  const repeated = values.findIndex((value, i) => values.indexOf(value) !== i);
  if (repeated !== -1) add([field, repeated], `${values[repeated]} is given twice`, 'keep one of them');
}
