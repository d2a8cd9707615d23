import type {MeasuredFigure} from '../frameworks/stack.js';
import {type Extrapolation, extrapolationDoublings} from '../pipeline/uncertainty/extrapolation.js';
import {bandGrowth} from '../pipeline/uncertainty/step-band.js';
import type {Plan} from '../plan/plan.js';
import {formatCount, formatNumber} from '../units/format-quantity.js';

/** Doublings outside the measured range above which a run counts as far from it. */
const farDoublings = 1;

/** Warnings of an answer without a measured run of its stack, on its machine or of its size. */
export function evidenceWarnings({cluster}: Plan, extrapolated: readonly Extrapolation[]): string[] {
  const {software, hardware} = cluster;
  const {name, measuredAs} = software;
  const subject =
    measuredAs === null || measuredAs === name ? name : `${measuredAs}, which ${name} is built on,`;
  switch (software.evidence) {
    case 'none':
      return [
        `rests on priors: no run of ${name} was measured, its constants are ${measuredAs === null ? 'what all stacks have in common' : `those of ${measuredAs}`} (calibrate on some runs of yours)`,
      ];
    case 'other-machines':
      return [
        `rests on other machines: no run of ${subject} was measured on ${hardware}`,
        ...farWarning(subject, extrapolated),
      ];
    case 'machine':
      return farWarning(`${subject} on ${hardware}`, extrapolated);
  }
}

function farWarning(subject: string, extrapolated: readonly Extrapolation[]): string[] {
  const doublings = extrapolationDoublings(extrapolated);
  if (doublings < farDoublings) return [];
  const figures = extrapolated.map(
    ({figure, value, measured}) =>
      `${words[figure]} ${formatCount(value)} (${value > measured ? 'at most' : 'at least'} ${formatCount(measured)})`,
  );
  return [
    `far from anything measured of ${subject}: ${figures.join(', ')}; ${formatNumber(2 ** doublings)} times outside in all, for which the band is ${formatNumber(bandGrowth(extrapolated))} times as wide`,
  ];
}

const words: Readonly<Record<MeasuredFigure, string>> = {
  devices: 'devices',
  parameters: 'parameters',
  sequenceLength: 'sequence length',
  microBatch: 'micro-batch',
  tensor: 'tensor',
  pipeline: 'pipeline',
  context: 'context',
  expert: 'expert',
};
