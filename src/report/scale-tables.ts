import {countParameters} from '../model/parameters.js';
import {numReplicas} from '../plan/plan.js';
import type {ScaleCandidate} from '../scaling/time-aware/candidate.js';
import type {ScaleAnswer} from '../scaling/time-aware/scale.js';
import {
  formatCount,
  formatLoss,
  formatNumber,
  formatPercent,
  formatSeconds,
} from '../units/format-quantity.js';
import type {Table} from './terminal/table.js';
import {utilization} from './utilization.js';
import {formatDegrees} from './words/format-layout.js';

const right = (title: string, drop = 0) => ({title, align: 'right' as const, drop});
const left = (title: string, drop = 0) => ({title, align: 'left' as const, drop});

export function parametersOf({plan}: ScaleCandidate): number {
  return countParameters(plan.model).total;
}

/** Sequences over all replicas. */
export function batchOf({plan}: ScaleCandidate): number {
  return plan.training.globalBatch * numReplicas(plan);
}

function mfuOf({plan, layout, estimate}: ScaleCandidate): string {
  return formatPercent(utilization(plan, layout, estimate.seconds).modelFlopsUtilization);
}

/** Loss above that of the best, in per cent. */
function above(best: ScaleCandidate, {loss}: ScaleCandidate): string {
  const share = loss.value / best.loss.value - 1;
  return Math.abs(share) < 5e-5 ? 'best' : `${share > 0 ? '+' : '-'}${formatPercent(Math.abs(share), 2)}`;
}

/** The best training for shorter and longer times. */
export function calendarTable({calendar}: ScaleAnswer): Table {
  return {
    columns: [
      right('time'),
      right('size'),
      right('tokens'),
      right('a parameter', 2),
      right('batch', 3),
      right('loss'),
      right('P10', 1),
      right('P90', 1),
    ],
    rows: calendar.map(({seconds, candidate}) => [
      formatSeconds(seconds),
      formatCount(parametersOf(candidate)),
      formatCount(candidate.tokens),
      formatNumber(candidate.tokens / parametersOf(candidate)),
      formatCount(batchOf(candidate)),
      formatLoss(candidate.loss.value),
      formatLoss(candidate.band.p10),
      formatLoss(candidate.band.p90),
    ]),
  };
}

/** Smaller and larger models. */
export function sizesTable({sizes, best}: ScaleAnswer): Table {
  return {
    columns: [
      right('size'),
      right('tokens'),
      right('a parameter', 2),
      right('loss'),
      right('against best', 1),
      right('MFU', 2),
      left('layout', 3),
    ],
    rows: sizes.map(candidate => [
      formatCount(parametersOf(candidate)),
      formatCount(candidate.tokens),
      formatNumber(candidate.tokens / parametersOf(candidate)),
      formatLoss(candidate.loss.value),
      above(best, candidate),
      mfuOf(candidate),
      formatDegrees(candidate.layout),
    ]),
  };
}

/** One size in several shapes. */
export function shapesTable({shapes, best}: ScaleAnswer): Table {
  return {
    columns: [
      right('layers'),
      right('hidden size'),
      right('tokens'),
      right('loss'),
      right('against best', 1),
      right('MFU', 2),
      left('layout', 3),
    ],
    rows: shapes.flatMap(({candidate}) =>
      candidate === null
        ? []
        : [
            [
              String(candidate.plan.model.numLayers),
              String(candidate.plan.model.hiddenSize),
              formatCount(candidate.tokens),
              formatLoss(candidate.loss.value),
              above(best, candidate),
              mfuOf(candidate),
              formatDegrees(candidate.layout),
            ],
          ],
    ),
  };
}

/** Fewer and more devices, each at its own best. */
export function devicesTable({devices, best}: ScaleAnswer): Table {
  return {
    columns: [
      right('devices'),
      right('size'),
      right('tokens'),
      right('batch', 2),
      right('loss'),
      right('against best', 1),
      right('MFU', 2),
    ],
    rows: devices.choices.map(({devices: count, candidate}) =>
      candidate === null
        ? [String(count), 'nothing fits']
        : [
            String(count),
            formatCount(parametersOf(candidate)),
            formatCount(candidate.tokens),
            formatCount(batchOf(candidate)),
            formatLoss(candidate.loss.value),
            above(best, candidate),
            mfuOf(candidate),
          ],
    ),
  };
}

/** Data parallel and outer levels, each at its own best. */
export function outerTable({outer, best}: ScaleAnswer): Table | null {
  if (outer === null) return null;
  return {
    columns: [
      left('replicas'),
      right('size'),
      right('tokens'),
      right('batch', 2),
      right('loss'),
      right('against best', 1),
      right('utilization', 2),
    ],
    rows: outer.choices.map(({diloco, candidate}) => {
      const name =
        diloco === null
          ? 'data parallel'
          : `${diloco.replicas}, every ${diloco.innerSteps}${diloco.fragments > 1 ? ` in ${diloco.fragments}` : ''}`;
      if (candidate === null) return [name, 'no step done by then'];
      return [
        name,
        formatCount(parametersOf(candidate)),
        formatCount(candidate.tokens),
        formatCount(batchOf(candidate)),
        formatLoss(candidate.loss.value),
        above(best, candidate),
        candidate.run.outer === null ? '' : formatPercent(candidate.run.outer.computeUtilization),
      ];
    }),
  };
}
