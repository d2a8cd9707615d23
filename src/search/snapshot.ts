import type {Plan} from '../plan/plan.js';
import type {Findings} from './findings.js';
import type {SearchOptions, SearchShard} from './search-result.js';

/** A search as far as it has come, in JSON data: enough to go on, or to be joined with other shards. */
export interface SearchSnapshot {
  /** Hash of the plan and the options; a snapshot resumes only where it is equal. */
  readonly fingerprint: string;
  readonly options: Omit<SearchOptions, 'shard'>;
  readonly shard: SearchShard;
  /** Parts of the space that were visited, of those that fall to the shard. */
  readonly done: number;
  readonly total: number;
  readonly findings: Findings;
}

/** The same for plans that lead to the same search. */
export function fingerprintOf(plan: Plan, options: SearchOptions): string {
  const {model, cluster, training, pins, narrowed} = plan;
  const {alternatives, risk, seed} = options;
  return hashOf(JSON.stringify([model, cluster, training, pins, narrowed, alternatives, risk, seed]));
}

/** FNV-1a over UTF-16 units, twice with different starts: 64 bits in hexadecimal. Fowler, Noll, Vo; RFC 9923. */
function hashOf(text: string): string {
  return [0x811c9dc5, 0x01000193].map(start => fnv(text, start)).join('');
}

function fnv(text: string, start: number): string {
  let hash = start;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Why a snapshot cannot be gone on with for this plan, or null. */
export function snapshotProblem(plan: Plan, snapshot: SearchSnapshot): string | null {
  return snapshot.fingerprint === fingerprintOf(plan, snapshot.options)
    ? null
    : 'it belongs to another plan, or to other options';
}

/** Why snapshots are not the whole answer of a plan together, or null. */
export function mergeProblem(plan: Plan, snapshots: readonly SearchSnapshot[]): string | null {
  const [first] = snapshots;
  if (first === undefined) return 'there are no shards';
  const {of} = first.shard;
  for (const {fingerprint, shard, done, total} of snapshots) {
    const name = `shard ${shard.index + 1}/${shard.of}`;
    if (fingerprint !== fingerprintOf(plan, first.options)) {
      return `${name} belongs to another plan, or to other options`;
    }
    if (shard.of !== of) return `${name} is not one of ${of}`;
    if (done < total) return `${name} is not done: ${done} of ${total} parts`;
  }
  const found = new Set(snapshots.map(({shard}) => shard.index));
  const missing = Array.from({length: of}, (_, index) => index).filter(index => !found.has(index));
  if (missing.length > 0) return `shard ${missing.map(index => `${index + 1}/${of}`).join(', ')} is missing`;
  return found.size < snapshots.length ? 'a shard is given twice' : null;
}
