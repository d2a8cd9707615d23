import type {Group} from '../../cluster/group.js';

/**
 * What is communicated. `bytes` is the buffer of one rank for allReduce and broadcast, the whole
 * gathered buffer for allGather and reduceScatter, what one rank holds for allToAll, and one message
 * for sendRecv.
 */
export const collectiveKinds = [
  'allReduce',
  'allGather',
  'reduceScatter',
  'allToAll',
  'sendRecv',
  'broadcast',
] as const;
export type CollectiveKind = (typeof collectiveKinds)[number];

/**
 * Seconds of a collective by one algorithm over a group of two or more; Infinity where the algorithm
 * does not do this collective, or not on this group. Allocates nothing.
 */
export type CollectiveAlgorithm = (kind: CollectiveKind, bytes: number, group: Group) => number;
