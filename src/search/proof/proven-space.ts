import {usableBytes} from '../../cost/memory/memory.js';
import type {Plan} from '../../layout/plan.js';
import type {Timed} from '../families.js';
import {type Findings, joinFindings, noFindings} from '../findings.js';
import type {SearchOptions, Shard} from '../search-result.js';
import {unitsOfShard} from '../space/deal.js';
import {type MeshSpace, meshSpaces} from '../space/mesh-space.js';
import type {SearchTables} from '../tables/search-tables.js';
import {type KnownTimes, knownTimes, type Limits, limitsOf, limitsOfMesh, noLimits} from './limits.js';
import {findingsOf, startFindings} from './mesh-findings.js';
import {startProbe} from './probe.js';
import type {Judge} from './visit.js';
import {visitMesh} from './visit-mesh.js';

/** A space in parts, each of which can be visited apart. */
export interface ProvenSpace {
  /** Of a shard, by their place. */
  units(shard: Shard): readonly number[];
  /** Layouts in all. */
  readonly size: number;
  /** Looks at one more mesh beforehand, of those of the share. @returns whether all were looked at */
  prepare(): boolean;
  /** Best that this met so far. */
  met(): Timed | null;
  /** What this found. */
  known(): KnownTimes;
  /** Takes what the looks of all shares found together. */
  agree(known: readonly KnownTimes[]): void;
  /** What one part yields, whatever else was visited. */
  visit(unit: number): Findings;
}

/**
 * The layouts that a plan leaves open.
 *
 * @param kept families besides the best one's
 * @param share meshes that are looked at beforehand, where others look at the rest
 */
export function provenSpace(
  plan: Plan,
  options: SearchOptions,
  kept: number,
  tables: SearchTables,
  share: Shard = {index: 0, of: 1},
): ProvenSpace {
  const spaces = spacesOf(plan);
  const judge = judgeOf(plan, options, tables);
  const own = unitsOfShard(spaces, share).flatMap(unit => spaces[unit] ?? []);
  const probe = startProbe(judge, own, kept, options.seed ?? null);
  let isPrepared = false;
  let agreed: Limits | null = null;
  const prepare = () => {
    isPrepared ||= probe.advance();
    return isPrepared;
  };
  const limits = (): Limits => {
    if (agreed === null) {
      while (!prepare());
      agreed = probe.limits();
    }
    return agreed;
  };
  const capacity = plan.cluster.accelerator.memory;
  return {
    units: shard => unitsOfShard(spaces, shard),
    size: spaces.reduce((sum, {size}) => sum + size, 0),
    prepare,
    met: () => probe.best(),
    known: () => knownTimes(probe.limits()),
    agree(known) {
      agreed = limitsOf(kept, known);
    },
    visit: unit => {
      const space = spaces[unit];
      const found = startFindings(capacity);
      const known = limits();
      const proof = {...judge, seeksLeast: known.families.size === 0};
      if (space !== undefined) visitMesh(proof, space, limitsOfMesh(known, space.mesh), found);
      return findingsOf(found);
    },
  };
}

/** What each mesh of a plan leaves open. */
export function spacesOf(plan: Plan): readonly MeshSpace[] {
  return [...meshSpaces(plan)];
}

/** What all meshes of a plan are judged by. */
export function judgeOf(plan: Plan, {risk = 'p50'}: SearchOptions, tables: SearchTables): Judge {
  return {
    tables,
    risk,
    usableBytes: usableBytes(plan.cluster),
    sequencesOfBound: multipleOf(plan.training.globalBatch),
    pairs: mayPair(plan),
    seeksLeast: false,
    timesAll: false,
  };
}

function mayPair({pins, cluster}: Plan): boolean {
  return pins.schedule === undefined
    ? cluster.software.supports.schedules.includes('dualpipe')
    : pins.schedule === 'dualpipe';
}

/**
 * A multiple of the batch, and so of every micro-batch: the same for most batches, so that tables that are
 * shared by plans bound them all.
 */
function multipleOf(globalBatch: number): number {
  const roundBatch = 2 ** 15 * 3 ** 2 * 5 * 7;
  return roundBatch % globalBatch === 0 ? roundBatch : roundBatch * globalBatch;
}

/**
 * Times every layout that a plan leaves open, whether it fits or not: no bound, no shortcut.
 *
 * @returns how many there are, and the best of those that fit
 */
export function timeSpace(
  plan: Plan,
  tables: SearchTables,
): Pick<Findings, 'evaluated' | 'excludedByMemory' | 'families'> {
  const timesAll: Judge = {...judgeOf(plan, {}, tables), timesAll: true};
  let findings = noFindings;
  for (const space of meshSpaces(plan)) {
    const found = startFindings(plan.cluster.accelerator.memory);
    visitMesh(timesAll, space, limitsOfMesh(noLimits(0, false), space.mesh), found);
    findings = joinFindings(findings, findingsOf(found));
  }
  return findings;
}
