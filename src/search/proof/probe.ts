import type {Layout} from '../../layout/layout.js';
import type {Timed} from '../families.js';
import {faster} from '../findings.js';
import type {MeshSpace} from '../space/mesh-space.js';
import {answeredOf, exceeds, type Limits, learn, limitsOfMesh, noLimits} from './limits.js';
import {startFindings} from './mesh-findings.js';
import type {Judge} from './visit.js';
import {boundOfMesh, visitMesh} from './visit-mesh.js';

/** A look at meshes one after the other that finds the times of what is answered. */
export interface Probe {
  /** Goes on with the next mesh. @returns whether there is none left */
  advance(): boolean;
  /** The same whatever was visited first, and so is all that they bound. */
  limits(): Limits;
  /** Best that was met so far. */
  best(): Timed | null;
}

/**
 * Starts one: the most promising meshes come first, and others are left out that can hold nothing better.
 *
 * @param kept families besides the best one's
 */
export function startProbe(
  judge: Judge,
  spaces: readonly MeshSpace[],
  kept: number,
  seed: Layout | null,
): Probe {
  const known = noLimits(kept, kept > 0);
  let promising: readonly {readonly space: MeshSpace; readonly bound: number}[] | null = null;
  let next = 0;
  let best: Timed | null = null;
  return {
    advance() {
      promising ??= mostPromisingFirst(judge, spaces, seed);
      const mesh = promising[next];
      next += 1;
      if (mesh === undefined) return true;
      const limits = limitsOfMesh(known, mesh.space.mesh);
      if (!exceeds(limits, mesh.bound, 0)) {
        const found = startFindings(0);
        visitMesh(judge, mesh.space, limits, found);
        learn(known, found.best, found.front);
        best = faster(best, found.best);
      }
      return next >= promising.length;
    },
    limits: () => answeredOf(known),
    best: () => best,
  };
}

function mostPromisingFirst(
  judge: Judge,
  spaces: readonly MeshSpace[],
  seed: Layout | null,
): readonly {readonly space: MeshSpace; readonly bound: number}[] {
  return spaces
    .map(space => ({space, bound: boundOfMesh(judge, space), isSeed: seed !== null && isMeshOf(space, seed)}))
    .sort((a, b) => Number(b.isSeed) - Number(a.isSeed) || a.bound - b.bound);
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
