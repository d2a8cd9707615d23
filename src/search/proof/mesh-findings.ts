import {compareTimed, type Timed} from '../families.js';
import type {Findings, LeastMemory} from '../findings.js';
import {faster} from '../findings.js';
import {type RejectionTally, rejectionTally} from '../rejections.js';
import {frontLevels} from './limits.js';

/** What the visit of one mesh finds, as it goes. */
export interface MeshFindings {
  evaluated: number;
  excludedByMemory: number;
  excludedByBound: number;
  best: Timed | null;
  /** Best of those that need each level of memory, and no level less. */
  readonly front: (Timed | null)[];
  least: LeastMemory | null;
  readonly tally: RejectionTally;
}

/** Nothing so far. @param capacityBytes of a device */
export function startFindings(capacityBytes: number): MeshFindings {
  return {
    evaluated: 0,
    excludedByMemory: 0,
    excludedByBound: 0,
    best: null,
    front: Array.from({length: frontLevels}, () => null),
    least: null,
    tally: rejectionTally(capacityBytes),
  };
}

/** Takes a timed layout in, where it is the best of its mesh or of its level. */
export function takeTimed(found: MeshFindings, timed: Timed, level: number, hasFront: boolean): void {
  if (found.best === null || compareTimed(timed, found.best) < 0) found.best = timed;
  if (hasFront) found.front[level] = faster(found.front[level] ?? null, timed);
}

/** As data. */
export function findingsOf(found: MeshFindings): Findings {
  const {evaluated, excludedByMemory, excludedByBound, best, front, tally, least} = found;
  return {
    evaluated,
    excludedByMemory,
    excludedByBound,
    families: best === null ? [] : [best],
    front,
    rejected: tally.list(),
    least,
  };
}
