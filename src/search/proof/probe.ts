import type {Layout} from '../../layout/layout.js';
import type {MeshSpace} from '../space/mesh-space.js';
import {exceeds, type Limits, learn, limitsOfMesh, noLimits} from './limits.js';
import {startFindings} from './mesh-findings.js';
import type {Judge} from './visit.js';
import {boundOfMesh, visitMesh} from './visit-mesh.js';

/**
 * Finds the times of what is answered: mesh after mesh, the most promising first, until no other can hold
 * anything better. They are the same whatever is visited first, and so is all that they bound.
 *
 * @param kept families besides the best one's
 */
export function probe(judge: Judge, spaces: readonly MeshSpace[], kept: number, seed: Layout | null): Limits {
  const known = noLimits(kept, kept > 0);
  const promising = spaces
    .map(space => ({space, bound: boundOfMesh(judge, space), isSeed: seed !== null && isMeshOf(space, seed)}))
    .sort((a, b) => Number(b.isSeed) - Number(a.isSeed) || a.bound - b.bound);
  for (const {space, bound} of promising) {
    const limits = limitsOfMesh(known, space.mesh);
    if (exceeds(limits, bound, 0)) continue;
    const found = startFindings(0);
    visitMesh(judge, space, limits, found);
    learn(known, found.best, found.front);
  }
  return answeredOf(known);
}

/** Of families that are answered alone: what is known of others depends on the order in which they were met. */
function answeredOf(known: Limits): Limits {
  const best = [...known.families].sort(([, a], [, b]) => a - b).slice(0, known.kept + 1);
  return {...known, families: new Map(best)};
}

function isMeshOf({mesh}: MeshSpace, layout: Layout): boolean {
  return (
    mesh.tensor === layout.tensor &&
    mesh.pipeline === layout.pipeline &&
    mesh.context === layout.context &&
    mesh.expert === layout.expert &&
    mesh.expertTensor === layout.expertTensor
  );
}
