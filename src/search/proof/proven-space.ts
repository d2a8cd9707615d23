import {usableBytes} from '../../cost/memory/memory.js';
import type {Plan} from '../../layout/plan.js';
import type {Findings} from '../findings.js';
import type {SearchOptions} from '../search-result.js';
import {meshesOf} from '../space/mesh.js';
import {type MeshSpace, meshSpace} from '../space/mesh-space.js';
import {slicingsOf} from '../space/slicing.js';
import type {SearchTables} from '../tables/search-tables.js';
import {limitsOfMesh} from './limits.js';
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
  const judge: Judge = {
    tables,
    risk: options.risk ?? 'p50',
    usableBytes: usableBytes(plan.cluster),
    sequencesOfBound: multipleOf(plan.training.globalBatch),
    seeksLeast: false,
    timesAll: false,
  };
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

/**
 * A multiple of the batch, and so of every micro-batch: the same for most batches, so that tables that are
 * shared by plans bound them all.
 */
function multipleOf(globalBatch: number): number {
  const roundBatch = 2 ** 15 * 3 ** 2 * 5 * 7;
  return roundBatch % globalBatch === 0 ? roundBatch : roundBatch * globalBatch;
}
