import {type StepParts, stepPartNames} from '../../cost/step.js';
import type {Plan} from '../../plan/plan.js';
import type {Watts} from '../../units/quantities.js';

/** Power of one device with its share of the host, without the site around it. */
export interface DevicePower {
  /** While steps run, on average. */
  readonly training: Watts;
  /** While it waits. */
  readonly idle: Watts;
}

/**
 * Share of the way from idle to rated power in each part of a step: arithmetic takes all of it, waiting
 * none, communication about half (a prior: GPUs draw clearly less while they synchronize).
 */
const communicating = 0.5;
const loads: Readonly<Record<keyof StepParts, number>> = {
  forward: 1,
  backward: 1,
  recompute: 1,
  optimizer: 1,
  launch: 0,
  pipelineBubble: 0,
  stepOverhead: 0,
  tensorCommunication: communicating,
  contextCommunication: communicating,
  expertCommunication: communicating,
  pipelineCommunication: communicating,
  gradientReduction: communicating,
  parameterGather: communicating,
  offload: communicating,
};

export function devicePower({cluster, operation}: Plan, parts: StepParts): DevicePower {
  const {power, idlePower} = cluster.accelerator;
  const host = operation.site.hostPower ?? 0;
  let busy = 0;
  let total = 0;
  for (const name of stepPartNames) {
    busy += loads[name] * parts[name];
    total += parts[name];
  }
  const training = idlePower + (power - idlePower) * (total === 0 ? 0 : busy / total);
  return {training: (training + host) as Watts, idle: (idlePower + host) as Watts};
}
