import type {Layout} from '../../layout/layout.js';
import type {StepTables} from '../../pipeline/tables/step-tables.js';
import type {Plan} from '../../plan/plan.js';
import type {Risk} from '../../units/band.js';
import type {RankedLayout} from '../compare-layouts.js';
import {type Findings, noFindings} from '../findings.js';
import type {SearchShard} from '../search-result.js';
import {unitsOfShard} from '../space/deal.js';
import {type DegreesSpace, enumerateSpaces} from '../space/degrees-space.js';
import {OomLayouts} from '../walk/oom-layouts.js';
import {type SearchContext, searchContext} from '../walk/search-context.js';
import {walkDegrees} from '../walk/walk-degrees.js';
import {FastestLayouts} from './fastest-layouts.js';
import {Incumbents, type IncumbentTimes} from './incumbents.js';
import {WarmStart} from './warm-start.js';

/** What a proof is asked for. */
export interface ProofOptions {
  readonly risk: Risk;
  /** Families in the answer besides the best one's. */
  readonly numAlternatives: number;
  readonly seed: Layout | null;
  /** Degrees that the warm start visits, where other workers visit the rest. */
  readonly warmStartShard: SearchShard;
}

/** The layouts that a plan leaves open, by combination of degrees, each of which can be visited apart. */
export class ProvenSpace {
  private readonly spaces: readonly DegreesSpace[];
  private readonly context: SearchContext;
  private readonly warm: WarmStart;
  private isWarm = false;
  private agreed: Incumbents | null = null;

  constructor(
    plan: Plan,
    private readonly tables: StepTables,
    private readonly options: ProofOptions,
  ) {
    this.spaces = degreesSpaces(plan);
    this.context = searchContext(plan, options.risk, tables);
    const own = this.units(options.warmStartShard).flatMap(unit => this.spaces[unit] ?? []);
    this.warm = new WarmStart(this.context, own, options);
  }

  /** Parts of a shard, by their place. */
  units(shard: SearchShard): readonly number[] {
    return unitsOfShard(this.spaces, shard);
  }

  /** Runs one more step of the warm start. @returns whether it is done */
  warmStart(): boolean {
    this.isWarm ||= this.warm.advance();
    return this.isWarm;
  }

  /** Best layout that the warm start found so far. */
  bestSoFar(): RankedLayout | null {
    return this.warm.best;
  }

  incumbents(): IncumbentTimes {
    return this.warm.incumbents.times();
  }

  /** Prunes by what the warm starts of all workers found. */
  setIncumbents(found: readonly IncumbentTimes[]): void {
    this.agreed = new Incumbents(this.options.numAlternatives, found);
  }

  /** What one part yields, whatever else was visited. */
  visit(unit: number): Findings {
    const space = this.spaces[unit];
    if (space === undefined) return noFindings;
    if (this.agreed === null) {
      while (!this.warmStart());
      this.agreed = this.warm.incumbents;
    }
    const oom = new OomLayouts(this.tables.cluster.accelerator.memory, this.agreed.isEmpty);
    const found = new FastestLayouts(this.agreed.ofDegrees(space.degrees), this.context.usableBytes, oom);
    walkDegrees(this.context, space, found);
    return found.findings();
  }
}

/** What each combination of degrees of a plan leaves open. */
export function degreesSpaces(plan: Plan): readonly DegreesSpace[] {
  return [...enumerateSpaces(plan)];
}

/** Layouts that a plan leaves open. */
export function countLayouts(plan: Plan): number {
  return degreesSpaces(plan).reduce((sum, {size}) => sum + size, 0);
}
