import type {Plan} from '../../../plan/plan.js';
import {publishedCalendars} from '../../../run/calendar/published-calendars.js';
import type {RunEstimate} from '../../../run/run.js';
import type {RunParts} from '../../../run/run-parts.js';
import {tenthDeviate} from '../../../units/band.js';
import {
  formatBandwidth,
  formatBytes,
  formatCount,
  formatNumber,
  formatPercent,
  formatSeconds,
} from '../../../units/format-quantity.js';
import {plainBar} from '../../terminal/bar.js';
import {displayWidth, padEnd, padStart} from '../../terminal/display-width.js';
import {type TerminalStyle, textWidth} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';
import {formatShare} from './step-parts.js';

/** What the wall-clock of a run goes to, in words. */
export const runPartLabels: Readonly<Record<keyof RunParts, string>> = {
  steps: 'steps that count',
  otherLayout: 'slower layout',
  stragglers: 'slow devices',
  outer: 'reduction over replicas',
  warmUp: 'warm-up',
  evaluation: 'evaluation',
  checkpoints: 'checkpoints',
  lostWork: 'work done again',
  restarts: 'restarts',
  diagnosis: 'diagnosis by hand',
  rollbacks: 'rollbacks',
  firstPart: 'abandoned start',
  slowStarts: 'slow starts',
  waiting: 'waiting for nodes',
};
export const runPartNames = Object.keys(runPartLabels) as (keyof RunParts)[];

/** The expected wall-clock by what it goes to, and how the job fails. */
export function runLines(style: TerminalStyle, {operation}: Plan, run: RunEstimate): string[] {
  const notes = [
    ...outerNotes(run),
    ...failureNotes(operation.failures, run),
    ...checkpointNotes(run),
    ...calendarNotes(operation.calendar, run),
  ];
  return [
    ...partTable(style, run),
    ...notes.flatMap(note => wrap(style, note, {indent: '  ', hanging: '    '})),
  ];
}

function partTable(style: TerminalStyle, {parts, expectedSeconds}: RunEstimate): string[] {
  const rows = runPartNames.filter(name => parts[name] > 0);
  const nameWidth = Math.max(...rows.map(name => displayWidth(runPartLabels[name])));
  const timeWidth = Math.max(...rows.map(name => displayWidth(formatSeconds(parts[name]))));
  const shareWidth = 6;
  const barWidth = textWidth(style) - 2 - nameWidth - timeWidth - shareWidth - 6;
  return rows.map(name => {
    const cells = [
      ' ',
      padEnd(runPartLabels[name], nameWidth),
      padStart(formatSeconds(parts[name]), timeWidth + 1),
      padStart(formatShare(parts[name] / expectedSeconds), shareWidth + 1),
      barWidth >= 4 ? ` ${plainBar(style, parts[name], parts.steps, barWidth)}` : '',
    ];
    return cells.join(' ').trimEnd();
  });
}

function outerNotes({outer}: RunEstimate): string[] {
  if (outer === null) return [];
  const {roundSeconds, computeUtilization, reductionSeconds, trafficBytes, link} = outer;
  return [
    `rounds of ${formatSeconds(roundSeconds)}, ${formatPercent(computeUtilization)} of it inner steps: each replica sends ${formatBytes(trafficBytes)} in ${formatSeconds(reductionSeconds)} at ${formatBandwidth(link.bandwidth)}`,
  ];
}

function failureNotes(failures: Plan['operation']['failures'], run: RunEstimate): string[] {
  if (run.meanTimeBetweenFailures === Infinity) return ['no failures are counted'];
  const often = `${formatCount(run.failures, 2)} failures are expected, one in ${formatSeconds(run.meanTimeBetweenFailures)}`;
  if (failures === null || failures.source === null) return [often];
  const factor = formatNumber(Math.exp(tenthDeviate * failures.logSpread), 2);
  return [`${often}: the rate of ${failures.source}, give or take a factor ${factor}`];
}

function calendarNotes(kind: Plan['operation']['calendar'], {calendar}: RunEstimate): string[] {
  if (kind === 'clean') return ['the run is the clean one: no loss besides these'];
  const more = (factor: number) => formatPercent(factor - 1, 2);
  const {losses, layout} = calendar;
  const runs = `${publishedCalendars.length} published runs`;
  return [
    `the calendar adds ${more(losses.p50)} to the clean run, ${more(losses.p10)} to ${more(losses.p90)}: as ${runs} lost by diagnosis, rollbacks, slow starts and drops of throughput; the plan's tokens alone are counted, no context extension, annealing on further tokens, post-training or trial runs`,
    ...(kind.layout === 'stated'
      ? []
      : [
          `the plan leaves its layout open: teams that published none took ${formatNumber(layout.p50, 2)} times as long as the best layout, ${formatNumber(layout.p10, 2)} to ${formatNumber(layout.p90, 2)}`,
        ]),
  ];
}

function checkpointNotes({checkpoint, checkpointInterval}: RunEstimate): string[] {
  if (checkpointInterval === Infinity) return [];
  const {bytes, pauseSeconds, bandwidth, bandwidthAssumed} = checkpoint;
  const pause =
    pauseSeconds < checkpoint.writeSeconds
      ? `stops training for ${formatSeconds(pauseSeconds)}`
      : `takes ${formatSeconds(pauseSeconds)}`;
  return [
    `a checkpoint of ${formatBytes(bytes)} every ${formatSeconds(checkpointInterval)} ${pause} at ${formatBandwidth(bandwidth)}${bandwidthAssumed ? ', an assumed bandwidth' : ''}`,
  ];
}
