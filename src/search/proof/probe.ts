import type {Layout} from '../../layout/layout.js';
import type {MeshSpace} from '../space/mesh-space.js';
import {type Limits, learn, limitsOfMesh, noLimits, slowestAnswered} from './limits.js';
import {startFindings} from './mesh-findings.js';
import type {Judge} from './visit.js';
import {boundOfMesh, visitMesh} from './visit-mesh.js';

/**
 * Finds good layouts: mesh after mesh, the most promising first, until no other can hold a better one. What is
 * found bounds the proof, and depends on the plan and the options alone.
 *
 * @param kept families besides the best one's
 */
export function probe(judge: Judge, spaces: readonly MeshSpace[], kept: number, seed: Layout | null): Limits {
  const known = noLimits(kept, kept > 0);
  const promising = spaces
    .map(space => ({space, bound: boundOfMesh(judge, space), isSeed: seed !== null && isMeshOf(space, seed)}))
    .sort((a, b) => Number(b.isSeed) - Number(a.isSeed) || a.bound - b.bound);
  for (const {space, bound} of promising) {
    if (bound > slowestAnswered(known)) continue;
    const found = startFindings(0);
    visitMesh(judge, likely(space), limitsOfMesh(known, space.mesh), found);
    learn(known, found.best, found.front);
  }
  return known;
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

/** The part of a mesh's layouts that its best is most often among. */
function likely(space: MeshSpace): MeshSpace {
  return space;
}
