import {allocatedBytes, usableBytes} from '../../cost/memory/memory.js';
import {stepSeconds} from '../../cost/step.js';
import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import type {Estimator} from '../../pipeline/estimator.js';
import {stepBand} from '../../pipeline/step-band.js';
import {compareTimed, familyKey, type Timed} from '../families.js';
import {type Findings, faster, type LeastMemory, lessMemory} from '../findings.js';
import {rejectionTally} from '../rejections.js';
import type {SearchOptions} from '../search-result.js';
import {layoutSpace} from '../space/layout-space.js';

/** Levels of memory that the front has a layout for, each a twentieth of what is usable more. */
const frontLevels = 20;

/** A space in parts, each of which can be visited apart. */
export interface SpaceProof {
  readonly numUnits: number;
  /** Layouts in all. */
  readonly size: number;
  /** What one part yields, whatever else was visited. */
  visit(unit: number): Findings;
}

export function provenSpace(plan: Plan, options: SearchOptions, estimator: Estimator): SpaceProof {
  const units = new Map<string, Layout[]>();
  let size = 0;
  for (const layout of layoutSpace(plan)) {
    size += 1;
    const key = `${familyKey(layout)} ${layout.microBatch}`;
    const known = units.get(key);
    if (known === undefined) units.set(key, [layout]);
    else known.push(layout);
  }
  const parts = [...units.values()];
  const limits = startLimits(options.alternatives ?? 5);
  for (let unit = 0; unit < parts.length; unit += 5)
    visitLayouts(plan, options, estimator, parts[unit] ?? [], limits);
  const fixed = {...limits, families: new Map(limits.families)};
  return {
    numUnits: parts.length,
    size,
    visit: unit =>
      visitLayouts(plan, options, estimator, parts[unit] ?? [], {
        ...fixed,
        families: new Map(fixed.families),
      }),
  };
}

/** What a layout must not be slower than. */
interface Limits {
  readonly kept: number;
  readonly families: Map<string, number>;
  limit: number;
}

function startLimits(kept: number): Limits {
  return {kept, families: new Map(), limit: Infinity};
}

function visitLayouts(
  plan: Plan,
  {risk}: SearchOptions,
  estimator: Estimator,
  layouts: readonly Layout[],
  limits: Limits,
): Findings {
  const tally = rejectionTally(plan.cluster.accelerator.memory);
  const usable = usableBytes(plan.cluster);
  const families = new Map<string, Timed>();
  const front: (Timed | null)[] = Array.from({length: frontLevels}, () => null);
  let least: LeastMemory | null = null;
  let evaluated = 0;
  let excludedByMemory = 0;
  let excludedByBound = 0;
  for (const layout of layouts) {
    const fullest = estimator.fullestStage(layout);
    const peakBytes = allocatedBytes(fullest);
    const outside = estimator.outsideBytes(layout);
    if (peakBytes > usable - outside) {
      excludedByMemory += 1;
      tally.add(layout, fullest, peakBytes + outside, 1);
      least = lessMemory(least, {layout, neededBytes: peakBytes + outside});
      continue;
    }
    const family = familyKey(layout);
    const bound = estimator.boundSeconds(layout);
    if (bound > limits.limit || bound > (limits.families.get(family) ?? Infinity)) {
      excludedByBound += 1;
      continue;
    }
    evaluated += 1;
    const seconds =
      risk === 'p90'
        ? stepBand(estimator.step(layout), plan.cluster.software).p90
        : stepSeconds(estimator.parts(layout));
    const timed: Timed = {layout, seconds, peakBytes};
    const known = families.get(family);
    if (known === undefined || compareTimed(timed, known) < 0) families.set(family, timed);
    if (seconds < (limits.families.get(family) ?? Infinity)) {
      limits.families.set(family, seconds);
      const best = [...limits.families.values()].sort((a, b) => a - b);
      limits.limit = best[limits.kept] ?? Infinity;
    }
    for (let level = 0; level < frontLevels; level += 1) {
      if (peakBytes <= ((usable - outside) * (level + 1)) / frontLevels) {
        front[level] = faster(front[level] ?? null, timed);
      }
    }
  }
  return {
    evaluated,
    excludedByMemory,
    excludedByBound,
    families: [...families.values()].sort(compareTimed),
    front,
    rejected: tally.list(),
    least,
  };
}
