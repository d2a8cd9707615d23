import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {makeCluster} from '../../cluster/make-cluster.js';
import {defaultFramework, frameworkOf, stackMeant} from '../../frameworks/registry.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import {everySupport} from '../../frameworks/support-rules.js';
import type {HardwareMatcher} from '../match-hardware.js';
import {asItFitted} from './as-it-fitted.js';
import {sourceMonth, withFrameworkChoices} from './framework-choices.js';
import {inferRun, type RowKnowledge} from './infer.js';
import {clusterOfRun} from './measured-network.js';
import type {Measurement} from './measurement.js';
import type {ParsedRow} from './parse-row.js';

/** What rows are matched to. */
export interface RowContext extends RowKnowledge {
  /** The machine that the words of a row mean. */
  readonly machineNamed: HardwareMatcher<HardwareProfile>;
  /** Name of the stack that every row ran; null: the one that the row's framework means. */
  readonly software: string | null;
}

/** A run with the machine and the stack that it ran on. */
export interface MatchedRun {
  readonly id: string;
  readonly run: Measurement;
  readonly profile: HardwareProfile;
  /** Name of the stack. */
  readonly software: string;
  readonly stack: SoftwareStack;
}

/** A row, matched, or the reason why it has no prediction. */
export type MatchedRow = MatchedRun | {readonly id: string; readonly reason: string};

export function matchRow(row: ParsedRow, context: RowContext): MatchedRow {
  const {id} = row;
  const inferred = inferRun(row, context);
  if ('reason' in inferred) return {id, ...inferred};
  const {measurement} = inferred;
  const matched = context.machineNamed(measurement.hardware, measurement.network);
  if (matched === null) {
    return {id, reason: `no hardware profile matches "${measurement.hardware}": --hardware chooses one`};
  }
  const {profile, assumption} = matched;
  const own = stackMeant(measurement.framework, profile.accelerator.peak) ?? defaultFramework;
  const software = context.software ?? own;
  const known = profile.software[software];
  if (known === undefined) return {id, reason: `${profile.name} has no software stack ${software}`};
  const stack = {...known.stack, release: sourceMonth(measurement.source) ?? 'unknown'} as const;
  // The row's own framework wrote its log and took its defaults, whatever stack predicts it.
  const framework = frameworkOf(profile.software[own]?.stack ?? stack);
  const run = withFrameworkChoices(inferred, framework, makeCluster(profile, stack, measurement.numDevices));
  const fitted = asItFitted({
    run,
    stated: inferred.stated,
    cluster: clusterOfRun(run, makeCluster(profile, {...stack, supports: everySupport}, run.numDevices)),
    supports: stack.supports,
    framework,
  });
  const assumptions = assumption === null ? fitted.assumptions : [...fitted.assumptions, assumption];
  return {
    id,
    run: {...fitted, assumptions},
    profile,
    software,
    stack: {...stack, supports: everySupport},
  };
}

/**
 * Rows without those that state another accelerator than that of `machine`; these have that as their
 * reason. A table without any row of this accelerator stays as it is: whoever names the machine knows
 * better than the words of the table.
 *
 * @param machineNamed what the words of rows mean
 */
export function rowsOfMachine(
  rows: readonly MatchedRow[],
  machine: HardwareProfile,
  machineNamed: HardwareMatcher<HardwareProfile>,
): readonly MatchedRow[] {
  const isElsewhere = (row: MatchedRow) => {
    if ('reason' in row) return false;
    const stated = machineNamed(row.run.hardware, row.run.network);
    return stated !== null && stated.profile.accelerator.name !== machine.accelerator.name;
  };
  if (rows.every(row => 'reason' in row || isElsewhere(row))) return rows;
  return rows.map(row =>
    isElsewhere(row) ? {id: row.id, reason: `ran on another machine than ${machine.name}`} : row,
  );
}
