import type {Alternative} from '../../search/variants/answer.js';
import type {Cause, SlowerPart} from '../../search/variants/why-lost.js';
import {formatNumber, formatPercent, formatSeconds} from '../../units/format-quantity.js';
import {stepPartLabels} from './step-part-labels.js';

/** Why a runner-up is not the answer, with the numbers: `tensor 16 leaves the node of 8: tensor communication +1.2 s (+41 %)`. */
export function formatWhyLost({lost, variant}: Alternative): string {
  const {slower, misses, part, devices, price} = lost;
  const {minimize} = variant.plan.goal;
  const reasons = misses.map(limit => `misses the ${limit}`);
  if (devices < 1 && minimize !== 'cost' && minimize !== 'energy') {
    reasons.push(`${formatNumber(devices)} x the devices`);
  }
  if (devices > 1 && minimize === 'cost' && slower <= 0)
    reasons.push(`${formatNumber(devices)} x the devices`);
  if (price !== null && price > 1 && minimize === 'cost') reasons.push(`${formatNumber(price)} x the price`);
  if (part !== null && slower > 0) reasons.push(formatPart(part));
  return reasons.join('; ') || 'no slower a step, but worse by the goal';
}

function formatPart({name, growth, extraSeconds, cause}: SlowerPart): string {
  const share = Number.isFinite(growth) ? `+${formatPercent(growth, 2)}` : 'the best has none';
  const grown = `${stepPartLabels[name]} +${formatSeconds(extraSeconds, 2)} (${share})`;
  return cause === null ? grown : `${formatCause(cause)}: ${grown}`;
}

function formatCause(cause: Cause): string {
  switch (cause.kind) {
    case 'leaves-node':
      return `${cause.group} ${cause.ranks} leaves the node of ${cause.nodeDevices}`;
    case 'more-ranks':
      return `${cause.group} ${cause.ranks} instead of ${cause.winner}`;
    case 'few-microbatches': {
      const virtual = cause.virtualStages > 1 ? `, ${cause.virtualStages} virtual stages` : '';
      return `${cause.microbatches} micro-batches fill a pipeline of ${cause.pipeline}${virtual}`;
    }
    case 'uneven-stages':
      return `${cause.layers} layers over ${cause.stages} stages are uneven`;
    case 'small-kernels':
      return `tensor ${cause.tensor}, micro-batch ${cause.microBatch} makes small kernels`;
    case 'saves-memory':
      return `${cause.choice}, which saves memory`;
    case 'more-parameters':
      return `${formatNumber(cause.times)} x the parameters on a device`;
    case 'sharded':
      return `${cause.sharding} sharded`;
    case 'many-stages':
      return `${cause.stages} stages`;
  }
}
