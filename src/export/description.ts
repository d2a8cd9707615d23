import {numDevicesOf, numReplicas} from '../plan/plan.js';
import {formatCount, formatSeconds} from '../units/format-quantity.js';
import type {PlannedRun} from './export-target.js';

/** What an exported file is of, as lines of its head. */
export function describeRun({file, plan, layout, estimate, run}: PlannedRun): string[] {
  const degrees = (['tensor', 'context', 'pipeline', 'data'] as const)
    .filter(degree => layout[degree] > 1)
    .map(degree => `${degree} ${layout[degree]}`);
  const {training, cluster} = plan;
  return [
    plan.name,
    `written by walltime from ${file}`,
    `${plan.model.name} on ${numDevicesOf(plan)} devices of ${cluster.hardware}: ${degrees.join(' x ') || 'one device'}`,
    `${formatCount(training.tokens)} tokens, batch ${training.globalBatch * numReplicas(plan)} x ${training.sequenceLength}, ${formatCount(run.steps)} steps of ${formatSeconds(estimate.seconds)}`,
    `by the calendar the run takes ${formatSeconds(run.seconds.p50)} (${formatSeconds(run.seconds.p10)} to ${formatSeconds(run.seconds.p90)}), the clean run ${formatSeconds(run.cleanSeconds.p50)}`,
  ];
}

/** Lines as comments; whatever the plan's name holds, a line stays one line. */
export function commentLines(lines: readonly string[], mark = '#'): string[] {
  return lines.map(line => `${mark} ${line.replaceAll(/\p{Cc}/gu, ' ')}`.trimEnd());
}

/** What no program takes from a plan. */
export function generalNotes({plan}: PlannedRun): string[] {
  const {diloco} = plan;
  return [
    'data, tokenizer, learning rate and seed are not part of a plan: add your own',
    ...(diloco === null
      ? []
      : [
          `this is one of ${diloco.replicas} replicas; the outer step after each ${diloco.innerSteps} steps is not in it`,
        ]),
  ];
}
