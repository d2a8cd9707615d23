/**
 * Ranks that take part together, as nested arithmetic progressions, fastest first:
 * the members of a group are first + sum of index[a] * stride[a], index[a] < size[a].
 * An axis starts where the one before it ends: its stride is a multiple of the other's size * stride.
 */
export interface RankAxis {
  readonly size: number;
  readonly stride: number;
}
