import type {StepParts} from '../../cost/step.js';
import {numDevicesOf, type Plan} from '../../plan/plan.js';
import type {RunParts} from '../run-parts.js';
import {devicePower} from './device-power.js';

/** What a run takes besides time. */
export interface RunResources {
  /** Hours of all devices over the median wall-clock, spare nodes included. */
  readonly deviceHours: number;
  /** At the price that the plan pays, or the profile's; null where there is none. */
  readonly costUsd: number | null;
  /** Energy of devices and hosts as far as their power is known, times the site's PUE where that is known. */
  readonly energyJoules: number;
  /** Null where the price of energy is not known. */
  readonly energyCostUsd: number | null;
  /** Null where the carbon intensity of the grid is not known. */
  readonly carbonKg: number | null;
}

const secondsPerHour = 3600;

/**
 * Device-hours, cost and energy of a run that takes `wallSeconds`, divided as the expected `parts` are.
 * Devices that do not train, spare ones among them, draw their idle power.
 */
export function runResources(
  plan: Plan,
  stepParts: StepParts,
  parts: RunParts,
  wallSeconds: number,
): RunResources {
  const {cluster, operation} = plan;
  const numDevices = numDevicesOf(plan);
  const spareDevices = (operation.failures?.spares?.nodes ?? 0) * cluster.devicesPerNode;
  const deviceSeconds = (numDevices + spareDevices) * wallSeconds;
  const power = devicePower(plan, stepParts);
  const trainingShare = shareOfTraining(parts);
  const average =
    (numDevices * (trainingShare * power.training + (1 - trainingShare) * power.idle) +
      spareDevices * power.idle) /
    (numDevices + spareDevices);
  const {pue, gridCarbonKgPerJoule: carbon, energyPriceUsdPerJoule: energyPrice} = operation.site;
  const energyJoules = deviceSeconds * average * (pue ?? 1);
  const price = operation.spot?.price ?? cluster.accelerator.price;
  return {
    deviceHours: deviceSeconds / secondsPerHour,
    costUsd: price === null ? null : deviceSeconds * price,
    energyJoules,
    energyCostUsd: energyPrice === null ? null : energyJoules * energyPrice,
    carbonKg: carbon === null ? null : energyJoules * carbon,
  };
}

/** Share of the time in which devices draw the power of training; steps that are done again do. */
function shareOfTraining(parts: RunParts): number {
  const {steps, otherLayout, stragglers, evaluation, lostWork, rollbacks, firstPart, slowStarts} = parts;
  const training =
    steps + otherLayout + stragglers + evaluation + lostWork + rollbacks + firstPart + slowStarts;
  const {outer, warmUp, checkpoints, restarts, diagnosis, waiting} = parts;
  return training / (training + outer + warmUp + checkpoints + restarts + diagnosis + waiting);
}
