import type {Accelerator} from '../../cluster/accelerator.js';
import type {Cluster} from '../../cluster/cluster.js';
import type {KernelRow} from '../kernel-rows/kernel-row.js';
import {kernelPricer} from '../kernel-rows/price-kernel.js';
import {type DeviceFact, deviceFamilies} from './device-facts.js';
import {fitLogarithms} from './fit-logarithms.js';

/** A fact with its value before and after a bench, and what it was found from. */
export interface FittedFact {
  readonly path: readonly string[];
  readonly unit: 'fraction' | 'count' | 'bytes' | 'seconds' | 'bytes/s' | 'FLOP/s';
  readonly before: number | null;
  readonly after: number;
  /** Ops whose rows determine it. */
  readonly from: readonly string[];
}

/** Kernel facts of the accelerator of `machine` that bring the model nearest to the kernels of a bench. */
export function fitDevice(
  rows: readonly KernelRow[],
  machine: Cluster,
): {readonly accelerator: Accelerator; readonly facts: readonly FittedFact[]} {
  let {accelerator} = machine;
  const fitted: FittedFact[] = [];
  for (const family of deviceFamilies) {
    const own = rows.filter(row => row.seconds !== null && family.holds(row));
    const priced = pricedRows(own, {...machine, accelerator});
    const facts = family
      .facts(own, accelerator)
      .filter(fact => isSeen(fact, priced, {...machine, accelerator}));
    if (facts.length === 0 || priced.length < facts.length) continue;
    const from = [...new Set(priced.map(({op}) => op))];
    const before = accelerator;
    accelerator = fitFacts(facts, priced, {...machine, accelerator});
    fitted.push(
      ...facts.map(fact => ({
        path: ['accelerator', ...fact.path],
        unit: fact.unit,
        before: fact.of(before),
        after: fact.of(accelerator),
        from,
      })),
    );
  }
  return {accelerator, facts: fitted};
}

/** Whether the accelerator has a fact, and the time of some row depends on it. */
function isSeen(fact: DeviceFact, rows: readonly KernelRow[], machine: Cluster): boolean {
  const {accelerator} = machine;
  const stated = fact.of(accelerator);
  if (Number.isNaN(stated)) return false;
  const value = Math.max(fact.low, stated);
  const prices = [value / 2, Math.min(fact.high, 2 * value)].map(tried =>
    kernelPricer({...machine, accelerator: fact.with(accelerator, tried)}),
  );
  return rows.some(row => {
    const [less, more] = prices.map(price => price(row));
    const both = less !== undefined && more !== undefined && 'seconds' in less && 'seconds' in more;
    return both && Math.abs(Math.log(less.seconds / more.seconds)) > leastChange;
  });
}

/** Change of a time, as a fraction, below which a fact does not matter to it. */
const leastChange = 0.01;

function pricedRows(rows: readonly KernelRow[], machine: Cluster): readonly KernelRow[] {
  const price = kernelPricer(machine);
  return rows.filter(row => 'seconds' in price(row));
}

function fitFacts(facts: readonly DeviceFact[], rows: readonly KernelRow[], machine: Cluster): Accelerator {
  const at = (values: readonly number[]): Accelerator =>
    facts.reduce((device, fact, i) => fact.with(device, values[i] as number), machine.accelerator);
  const values = fitLogarithms({
    start: facts.map(fact => fact.of(machine.accelerator)),
    low: facts.map(fact => fact.low),
    high: facts.map(fact => fact.high),
    ratios: tried => {
      const price = kernelPricer({...machine, accelerator: at(tried)});
      return rows.map(row => {
        const priced = price(row);
        return 'seconds' in priced ? priced.seconds / (row.seconds as number) : 1;
      });
    },
  });
  return at(values);
}
