import type {Group} from '../../cluster/group.js';
import type {Bytes, BytesPerSecond, Seconds} from '../../units/quantities.js';
import type {CollectiveKind} from './algorithm.js';
import type {CollectiveAlgorithmName} from './collective.js';
import {collectiveAlgorithms, collectiveSeconds} from './collective.js';

/** How a collective runs, for reports. */
export interface CollectiveExplanation {
  readonly seconds: Seconds;
  /** Null for a group of one: nothing is sent. */
  readonly algorithm: CollectiveAlgorithmName | null;
  /** Names of the levels whose links are used, from the innermost outwards. */
  readonly levels: readonly string[];
  /** Bytes over seconds. */
  readonly algorithmBandwidth: BytesPerSecond;
  /** What a link carries for it, comparable over group sizes: nccl-tests, doc/PERFORMANCE.md. */
  readonly busBandwidth: BytesPerSecond;
}

export function explainCollective(kind: CollectiveKind, bytes: Bytes, group: Group): CollectiveExplanation {
  const seconds = collectiveSeconds(kind, bytes, group);
  const levels = group.crossings.map(crossing => crossing.level.name);
  if (seconds === 0) {
    const none = 0 as BytesPerSecond;
    return {seconds, algorithm: null, levels, algorithmBandwidth: none, busBandwidth: none};
  }
  const algorithmBandwidth = bytes / seconds;
  return {
    seconds,
    algorithm: fastest(kind, bytes, group),
    levels,
    algorithmBandwidth: algorithmBandwidth as BytesPerSecond,
    busBandwidth: (algorithmBandwidth * busFactor(kind, group.size)) as BytesPerSecond,
  };
}

function fastest(kind: CollectiveKind, bytes: Bytes, group: Group): CollectiveAlgorithmName {
  const names = Object.keys(collectiveAlgorithms) as CollectiveAlgorithmName[];
  const secondsOf = (name: CollectiveAlgorithmName) => collectiveAlgorithms[name](kind, bytes, group);
  return names.reduce((best, name) => (secondsOf(name) < secondsOf(best) ? name : best));
}

/** Bus bandwidth over algorithm bandwidth. */
export function busFactor(kind: CollectiveKind, size: number): number {
  if (kind === 'sendRecv' || kind === 'broadcast') return 1;
  return ((kind === 'allReduce' ? 2 : 1) * (size - 1)) / size;
}
