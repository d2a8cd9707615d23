import {familyKey, type Timed} from '../families.js';
import {faster} from '../findings.js';
import type {Mesh} from '../space/mesh.js';

/** Levels of memory that the front has a layout for, each a twentieth of what is usable more. */
export const frontLevels = 20;

/** Layouts of the front take at most so many times as long as the best. */
const slowestOfFront = 1.5;

/** What is known of a space, as far as it bounds what else is worth a look. */
export interface Limits {
  /** Families that are answered. */
  readonly kept: number;
  readonly hasFront: boolean;
  /** Best known of each family, seconds. */
  readonly families: Map<string, number>;
  /** Best known of all that need no more than each level of memory, seconds; rising levels never get slower. */
  readonly front: Float64Array;
}

/** Nothing is known. */
export function noLimits(kept: number, hasFront: boolean): Limits {
  return {
    kept,
    hasFront,
    families: new Map(),
    front: new Float64Array(frontLevels).fill(Infinity),
  };
}

/** Of families that are answered alone: what is known of others depends on the order in which they were met. */
export function answeredOf(known: Limits): Limits {
  const best = [...known.families].sort(([, a], [, b]) => a - b).slice(0, known.kept + 1);
  return {...known, families: new Map(best)};
}

/** Limits as plain data, which goes from thread to thread. Seconds are Infinity, in JSON null, where nothing is known. */
export interface KnownTimes {
  readonly families: readonly (readonly [family: string, seconds: number])[];
  readonly front: readonly number[];
}

export function knownTimes({families, front}: Limits): KnownTimes {
  return {families: [...families], front: [...front]};
}

/** What is known of several parts of a space is known of all of it. */
export function limitsOf(kept: number, parts: readonly KnownTimes[]): Limits {
  const limits = noLimits(kept, kept > 0);
  for (const {families, front} of parts) {
    for (const [family, seconds] of families) {
      limits.families.set(family, Math.min(limits.families.get(family) ?? Infinity, seconds));
    }
    front.forEach((seconds, level) => {
      lowerFront(limits.front, seconds, level);
    });
  }
  return answeredOf(limits);
}

/** Limits of the layouts of one mesh; they fall while it is visited. */
export interface MeshLimits {
  /** Seconds above which a layout of this mesh is none of those answered. */
  family: number;
  /** Seconds above which a layout is not on the front, by level of memory; null: none is asked for. */
  readonly front: Float64Array | null;
}

/** A copy for one mesh. */
export function limitsOfMesh(limits: Limits, mesh: Mesh): MeshLimits {
  const known = limits.families.get(familyKey(mesh)) ?? Infinity;
  return {
    family: Math.min(known, slowestAnswered(limits)),
    front: limits.hasFront ? limits.front.slice() : null,
  };
}

/** The best of the last family that is answered, seconds; no bound while there are fewer. */
function slowestAnswered({families, kept}: Limits): number {
  if (families.size <= kept) return Infinity;
  const seconds = [...families.values()].sort((a, b) => a - b);
  return seconds[kept] ?? Infinity;
}

/** Whether no layout that takes so long, in so much memory or more, can be answered. */
export function exceeds(limits: MeshLimits, seconds: number, level: number): boolean {
  if (seconds <= limits.family) return false;
  const {front} = limits;
  return front === null || seconds > frontLimit(front, level);
}

function frontLimit(front: Float64Array, level: number): number {
  return Math.min(front[level] as number, slowestOfFront * (front[frontLevels - 1] as number));
}

/** Lowers the limits to what a layout reaches. */
export function lowerLimits(limits: MeshLimits, seconds: number, level: number): void {
  if (seconds < limits.family) limits.family = seconds;
  if (limits.front !== null) lowerFront(limits.front, seconds, level);
}

function lowerFront(front: Float64Array, seconds: number, level: number): void {
  for (let at = level; at < frontLevels && seconds < (front[at] as number); at += 1) front[at] = seconds;
}

/** Lowers the limits of the space to what was found in a part of it. */
export function learn(limits: Limits, best: Timed | null, front: readonly (Timed | null)[]): void {
  if (best !== null) {
    const key = familyKey(best.layout);
    limits.families.set(key, Math.min(limits.families.get(key) ?? Infinity, best.seconds));
  }
  front.forEach((timed, level) => {
    if (timed !== null) lowerFront(limits.front, timed.seconds, level);
  });
}

/** The lowest level whose memory holds so many bytes. */
export function levelOf(neededBytes: number, usableBytes: number): number {
  return Math.min(frontLevels - 1, Math.max(0, Math.ceil((neededBytes / usableBytes) * frontLevels) - 1));
}

/**
 * Points of a front whose levels hold the best of each alone: fastest first, each where it is not also the
 * fastest that may take more memory, and none that takes much longer than the best.
 */
export function frontPoints(front: readonly (Timed | null)[]): readonly Timed[] {
  const points: Timed[] = [];
  let fastest: Timed | null = null;
  for (const timed of front) {
    const better = faster(fastest, timed);
    if (timed !== null && better === timed) points.unshift(timed);
    fastest = better;
  }
  const most = slowestOfFront * (fastest?.seconds ?? 0);
  return points.filter(({seconds}) => seconds <= most);
}
