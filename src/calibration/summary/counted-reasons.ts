import type {ValidationRow} from '../validation.js';

/** A sentence, and of how many rows it holds. */
export interface CountedReason {
  readonly reason: string;
  readonly count: number;
}

/** Reasons why rows were skipped, most frequent first. */
export function skippedReasons(rows: readonly ValidationRow[]): readonly CountedReason[] {
  return countReasons(rows.flatMap(row => (row.status === 'skipped' ? [row.reason] : [])));
}

/** What was assumed of rows that leave something open, most frequent first. */
export function assumptionsOf(rows: readonly ValidationRow[]): readonly CountedReason[] {
  return countReasons(rows.flatMap(row => (row.status === 'predicted' ? row.assumptions : [])));
}

export function countReasons(reasons: readonly string[]): readonly CountedReason[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({reason, count}))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
