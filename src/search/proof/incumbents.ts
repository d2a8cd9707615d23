import {degreesKey, type RankedLayout} from '../compare-layouts.js';
import {faster} from '../findings.js';
import type {Degrees} from '../space/degrees.js';

/** Levels of memory that the front has a layout for, each a twentieth of what is usable more. */
export const frontLevels = 20;

/** Points of the front that are slower than this multiple of the best are dropped. */
const slowestOfFront = 1.5;

/** Best times found so far, by which the rest of a space is pruned. */
export class Incumbents {
  /** Best of each family of degrees, seconds. */
  private readonly bestByDegrees = new Map<string, number>();
  /** Best among all layouts that need no more than each level of memory, seconds; rising levels never get slower. */
  private readonly front = emptyFront();

  /** @param numAlternatives number of runners-up in the answer; with none there is no front either */
  constructor(
    private readonly numAlternatives: number,
    found: readonly IncumbentTimes[] = [],
  ) {
    for (const {bestByDegrees, front} of found) {
      for (const [family, seconds] of bestByDegrees) this.lower(family, seconds);
      front.forEach((seconds, level) => {
        lowerFront(this.front, seconds, level);
      });
    }
  }

  /** Whether no layout is known to fit. */
  get isEmpty(): boolean {
    return this.bestByDegrees.size === 0;
  }

  /** Records what was found in a part of the space. @param front the best of each level of memory alone */
  record(best: RankedLayout | null, front: readonly (RankedLayout | null)[]): void {
    if (best !== null) this.lower(degreesKey(best.layout), best.seconds);
    front.forEach((timed, level) => {
      if (timed !== null) lowerFront(this.front, timed.seconds, level);
    });
  }

  private lower(family: string, seconds: number): void {
    this.bestByDegrees.set(family, Math.min(this.bestByDegrees.get(family) ?? Infinity, seconds));
  }

  /** Times of the combinations of degrees in the answer alone: others depend on the order of the search. */
  times(): IncumbentTimes {
    const best = [...this.bestByDegrees].sort(([, a], [, b]) => a - b).slice(0, this.numAlternatives + 1);
    return {bestByDegrees: best, front: [...this.front]};
  }

  /** What prunes the layouts of one combination of degrees, and is tightened while they are visited. */
  ofDegrees(degrees: Degrees): DegreesIncumbents {
    const known = this.bestByDegrees.get(degreesKey(degrees)) ?? Infinity;
    const front = this.numAlternatives > 0 ? this.front.slice() : null;
    return new DegreesIncumbents(Math.min(known, this.slowestAnswered()), front);
  }

  /** The best of the last family in the answer, seconds; no bound while there are fewer. */
  private slowestAnswered(): number {
    const seconds = [...this.bestByDegrees.values()].sort((a, b) => a - b);
    return seconds[this.numAlternatives] ?? Infinity;
  }
}

/** Incumbents as plain data, which goes between threads. In JSON seconds are null where nothing is known. */
export interface IncumbentTimes {
  readonly bestByDegrees: readonly (readonly [family: string, seconds: number])[];
  readonly front: readonly number[];
}

/** Times that prune the layouts of one combination of degrees. */
export class DegreesIncumbents {
  /**
   * @param family step time above which a layout is no runner-up
   * @param front seconds above which a layout is not on the front, by level of memory; null: no front is asked for
   */
  constructor(
    private family: number,
    private readonly front: Float64Array | null,
  ) {}

  get hasFront(): boolean {
    return this.front !== null;
  }

  /** True if no layout with this time and at least this memory can be in the answer. @param share of the usable memory */
  isPruned(seconds: number, share: number): boolean {
    if (seconds <= this.family) return false;
    const {front} = this;
    if (front === null) return true;
    const fastest = front[frontLevels - 1] as number;
    return seconds > Math.min(front[levelOf(share)] as number, slowestOfFront * fastest);
  }

  /** Lowers the times to what a layout reaches. */
  tighten(seconds: number, level: number): void {
    if (seconds < this.family) this.family = seconds;
    if (this.front !== null) lowerFront(this.front, seconds, level);
  }
}

function emptyFront(): Float64Array {
  return new Float64Array(frontLevels).fill(Infinity);
}

function lowerFront(front: Float64Array, seconds: number, level: number): void {
  for (let at = level; at < frontLevels && seconds < (front[at] as number); at += 1) front[at] = seconds;
}

/** The lowest level that holds this share of the usable memory. */
export function levelOf(share: number): number {
  return Math.min(frontLevels - 1, Math.max(0, Math.ceil(share * frontLevels) - 1));
}

/**
 * Points of a front whose levels hold the best of each alone: fastest first, each where it is not also the
 * fastest that may take more memory, and none that takes much longer than the best.
 */
export function frontPoints(front: readonly (RankedLayout | null)[]): readonly RankedLayout[] {
  const points: RankedLayout[] = [];
  let fastest: RankedLayout | null = null;
  for (const timed of front) {
    const better = faster(fastest, timed);
    if (timed !== null && better === timed) points.unshift(timed);
    fastest = better;
  }
  const most = slowestOfFront * (fastest?.seconds ?? 0);
  return points.filter(({seconds}) => seconds <= most);
}
