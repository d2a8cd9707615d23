/**
 * Part of a device's links that a group can use where every unit has a direct link to every other one:
 * `branching` of `fanOut` units reach each other over branching - 1 of fanOut - 1 links.
 */
export function meshFraction(branching: number, fanOut: number): number {
  if (fanOut === Infinity || fanOut <= 2) return 1;
  return Math.min(1, (branching - 1) / (fanOut - 1));
}

/** Placement of a group in a torus. */
export interface TorusExtent {
  readonly dimensions: number;
  /** Steps of rings through all dimensions, one after the other. */
  readonly steps: number;
  /** Part of each dimension's links that the rings use. */
  readonly links: number;
}

/**
 * A group of `branching` out of `fanOut` units as a compact block (2 x 2, 2 x 2 x 2, ...), as slices are
 * cut. A block that is not the whole torus has no links that wrap around: its ends have one link where
 * a ring has two.
 */
export function torusExtent(branching: number, fanOut: number, torusDimensions: number): TorusExtent {
  const dimensions = Math.min(torusDimensions, Math.max(1, Math.floor(Math.log2(branching))));
  const steps = dimensions * (branching ** (1 / dimensions) - 1);
  return {dimensions, steps, links: branching < fanOut ? 0.5 : 1};
}
