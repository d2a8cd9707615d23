import {usableBytes} from '../../cost/memory/memory.js';
import type {Plan} from '../../layout/plan.js';
import {type Findings, joinFindings, noFindings} from '../findings.js';
import type {SearchOptions} from '../search-result.js';
import {meshesOf} from '../space/mesh.js';
import {type MeshSpace, meshSpace} from '../space/mesh-space.js';
import {slicingsOf} from '../space/slicing.js';
import type {SearchTables} from '../tables/search-tables.js';
import {limitsOfMesh, noLimits} from './limits.js';
import {findingsOf, startFindings} from './mesh-findings.js';
import {probe} from './probe.js';
import type {Judge} from './visit.js';
import {visitMesh} from './visit-mesh.js';

/** A space in parts, each of which can be visited apart. */
export interface ProvenSpace {
  readonly numUnits: number;
  /** Layouts in all. */
  readonly size: number;
  /** What one part yields, whatever else was visited. */
  visit(unit: number): Findings;
}

/** The layouts that a plan leaves open, and what is known of them beforehand. @param kept families besides the best one's */
export function provenSpace(
  plan: Plan,
  options: SearchOptions,
  kept: number,
  tables: SearchTables,
): ProvenSpace {
  const slicings = slicingsOf(plan);
  const spaces: readonly MeshSpace[] = meshesOf(plan).map(mesh => meshSpace(plan, mesh, slicings));
  const judge = judgeOf(plan, options, tables);
  const known = probe(judge, spaces, kept, options.seed ?? null);
  const proof = {...judge, seeksLeast: known.families.size === 0};
  const capacity = plan.cluster.accelerator.memory;
  return {
    numUnits: spaces.length,
    size: spaces.reduce((sum, {size}) => sum + size, 0),
    visit: unit => {
      const space = spaces[unit];
      const found = startFindings(capacity);
      if (space !== undefined) visitMesh(proof, space, limitsOfMesh(known, space.mesh), found);
      return findingsOf(found);
    },
  };
}

function judgeOf(plan: Plan, {risk = 'p50'}: SearchOptions, tables: SearchTables): Judge {
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
  const slicings = slicingsOf(plan);
  const timesAll: Judge = {...judgeOf(plan, {}, tables), timesAll: true};
  let findings = noFindings;
  for (const mesh of meshesOf(plan)) {
    const found = startFindings(plan.cluster.accelerator.memory);
    visitMesh(timesAll, meshSpace(plan, mesh, slicings), limitsOfMesh(noLimits(0, false), mesh), found);
    findings = joinFindings(findings, findingsOf(found));
  }
  return findings;
}
