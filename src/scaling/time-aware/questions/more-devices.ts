import {numReplicas, type Plan} from '../../../plan/plan.js';
import type {ScaleCandidate} from '../candidate.js';
import type {ModelTemplate} from '../model-template.js';
import {batchesNear, bestNearby} from '../surface/nearby.js';

/** The best training run on a number of devices. */
export interface DeviceChoice {
  /** Over all replicas. */
  readonly devices: number;
  readonly candidate: ScaleCandidate | null;
}

export interface MoreDevices {
  readonly choices: readonly DeviceChoice[];
  /** Number of devices from which on twice as many lower the loss by less than `worthwhile`; null: not among those tried. */
  readonly enough: number | null;
  readonly worthwhile: number;
}

const factors = [1 / 4, 1 / 2, 1, 2, 4, 8];
/** Share of the loss: a fifth of a per cent is what runs of different seeds differ by (an order of magnitude). */
const worthwhile = 0.002;
/** Sizes and batches that are best move with the devices by about these powers (Hoffmann; Step Law). */
const [sizePower, batchPower] = [0.5, 0.28];

/** Loss by the same deadline, or for the same budget, on fewer and more devices. */
export function moreDevices(
  best: ScaleCandidate,
  parameters: number,
  family: ModelTemplate,
  batches: readonly number[],
): MoreDevices {
  const batch = best.plan.training.globalBatch * numReplicas(best.plan);
  const choices = factors.flatMap(factor => {
    const plan = withDevices(best.plan, factor);
    if (plan === null) return [];
    const candidate =
      factor === 1
        ? best
        : bestNearby(plan, {
            family,
            parameters: parameters * factor ** sizePower,
            within: 1.6,
            count: 3,
            batches: batchesNear(batches, batch * factor ** batchPower, 1.7),
            like: best.layout,
          });
    return [{devices: plan.cluster.numDevices * numReplicas(plan), candidate}];
  });
  return {choices, enough: enoughDevices(choices), worthwhile};
}

function enoughDevices(choices: readonly DeviceChoice[]): number | null {
  for (const [i, {devices, candidate}] of choices.entries()) {
    const next = choices[i + 1]?.candidate;
    if (candidate === null || next === undefined) continue;
    if (next === null || next.loss.value > candidate.loss.value * (1 - worthwhile)) return devices;
  }
  return null;
}

/** Whole nodes, or devices of one node. */
function withDevices(plan: Plan, factor: number): Plan | null {
  const {cluster} = plan;
  const numDevices = cluster.numDevices * factor;
  const wholeNodes = numDevices % cluster.devicesPerNode === 0;
  if (!Number.isInteger(numDevices) || !(wholeNodes || numDevices < cluster.devicesPerNode)) return null;
  return {...plan, cluster: {...cluster, numDevices}};
}
