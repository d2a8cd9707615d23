import {groupBy, mean} from '../statistics.js';
import type {ValidationRow} from '../validation.js';
import {type ScoredRow, scoredRows} from './scored-rows.js';
import {summaryOf, type ValidationSummary} from './summary.js';

/** What rows may be grouped by. */
export const groupings = ['source', 'hardware', 'software'] as const;
export type Grouping = (typeof groupings)[number];

export interface GroupSummary {
  readonly name: string;
  readonly summary: ValidationSummary;
}

export interface Validation {
  readonly rows: readonly ValidationRow[];
  readonly scored: readonly ScoredRow[];
  readonly total: ValidationSummary;
  /**
   * Groups in the order in which they appear. A row that was skipped has a source; it has no machine
   * and no stack.
   */
  readonly groups: Readonly<Record<Grouping, readonly GroupSummary[]>>;
  readonly acrossSources: AcrossSources | null;
}

/** Means over sources of ten or more counted rows, so that a large source does not hide the others. */
export interface AcrossSources {
  readonly sources: number;
  readonly meanAbsoluteError: number;
  readonly medianAbsoluteError: number;
}

const fewestRows = 10;

export function summarize(rows: readonly ValidationRow[]): Validation {
  const scored = scoredRows(rows);
  const groups = {
    source: summarizeBy('source', rows, scored),
    hardware: summarizeBy('hardware', rows, scored),
    software: summarizeBy('software', rows, scored),
  };
  return {rows, scored, total: summaryOf(rows, scored), groups, acrossSources: acrossSources(groups.source)};
}

function summarizeBy(
  grouping: Grouping,
  rows: readonly ValidationRow[],
  scored: readonly ScoredRow[],
): readonly GroupSummary[] {
  const named = rows.flatMap(row => {
    const name = groupName(grouping, row);
    return name === null ? [] : [{name, row}];
  });
  const scoredGroups = groupBy(scored, ({row}) => row[grouping]);
  return [...groupBy(named, ({name}) => name)].map(([name, members]) => ({
    name,
    summary: summaryOf(
      members.map(({row}) => row),
      scoredGroups.get(name) ?? [],
    ),
  }));
}

function groupName(grouping: Grouping, row: ValidationRow): string | null {
  if (grouping === 'source') return row.source;
  return row.status === 'predicted' ? row[grouping] : null;
}

function acrossSources(sources: readonly GroupSummary[]): AcrossSources | null {
  const large = sources.flatMap(({summary: {stepTime}}) =>
    stepTime !== null && stepTime.count >= fewestRows ? [stepTime] : [],
  );
  if (large.length === 0) return null;
  return {
    sources: large.length,
    meanAbsoluteError: mean(large.map(({meanAbsoluteError}) => meanAbsoluteError)),
    medianAbsoluteError: mean(large.map(({medianAbsoluteError}) => medianAbsoluteError)),
  };
}
