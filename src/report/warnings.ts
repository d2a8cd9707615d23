import {type MemoryEstimate, usableBytes} from '../cost/memory/memory.js';
import {memoryBand} from '../pipeline/uncertainty/memory-band.js';
import type {Plan} from '../plan/plan.js';
import type {RunEstimate} from '../run/run.js';
import type {PlanLoss} from '../scaling/loss/plan-loss.js';
import type {Risk} from '../units/band.js';
import {formatNumber, formatPercent, formatSeconds, formatUsd} from '../units/format-quantity.js';
import {neededOfCapacity} from './words/rejection-reason.js';

/** Warning of a layout that does not fit, with the memory it lacks. */
export function memoryWarnings({fits, neededBytes, capacityBytes, fullest}: MemoryEstimate): string[] {
  if (fits) return [];
  return [
    `does not fit: stage ${fullest + 1} needs ${neededOfCapacity(neededBytes, capacityBytes)} on each device`,
  ];
}

/** Warning of a layout that may not fit within the error of predicted memory. */
export function tightWarnings({cluster}: Plan, memory: MemoryEstimate): string[] {
  const {p90} = memoryBand(memory, cluster.software);
  const free = usableBytes(cluster) - memory.outsideAllocatorBytes;
  if (!memory.fits || p90 <= free) return [];
  return [
    `may run out of memory: one run in ten takes more than ${neededOfCapacity(p90 + memory.outsideAllocatorBytes, memory.capacityBytes)} on each device`,
  ];
}

/** What of the plan's goal the run misses, at the median or at the pessimistic figure. */
export function goalWarnings(
  {goal, cluster, operation}: Plan,
  run: RunEstimate,
  {value: loss, law}: PlanLoss,
  risk: Risk,
): string[] {
  const warnings: string[] = [];
  const seconds = run.seconds[risk];
  const costUsd = run.costUsd === null ? null : (run.costUsd * seconds) / run.seconds.p50;
  const at = risk === 'p50' ? '' : ' at P90';
  const by = operation.calendar === 'clean' ? '' : ' by the calendar';
  if (goal.deadline !== null && seconds > goal.deadline) {
    warnings.push(
      `misses the deadline of ${formatSeconds(goal.deadline)}: the run takes ${formatSeconds(seconds)}${at}${by}`,
    );
  }
  if (goal.budget !== null && costUsd === null) {
    warnings.push(
      `cannot be held to the budget: ${cluster.hardware} has no price (state cluster.price in the plan)`,
    );
  } else if (goal.budget !== null && costUsd !== null && costUsd > goal.budget) {
    warnings.push(
      `exceeds the budget of ${formatUsd(goal.budget)}: the run costs ${formatUsd(costUsd)}${at}${by}`,
    );
  }
  if (goal.loss !== null && loss > goal.loss) {
    const end = `${formatNumber(loss, 4)} by ${law.name}`;
    warnings.push(`misses the loss of ${formatNumber(goal.loss, 4)}: the training ends with ${end}`);
  }
  return warnings;
}

/** Answers that are more often a mistake in the plan than a plan. */
export function implausibleWarnings(
  {training}: Plan,
  {steps}: RunEstimate,
  {
    stepSeconds,
    modelFlopsUtilization,
  }: {readonly stepSeconds: number; readonly modelFlopsUtilization: number},
): string[] {
  const warnings: string[] = [];
  const batch = `training.global_batch of ${training.globalBatch} sequences`;
  if (stepSeconds > longestStep) {
    warnings.push(`a step takes ${formatSeconds(stepSeconds)}: probably the ${batch} was meant in tokens`);
  }
  if (steps < fewestSteps) {
    warnings.push(
      `the run has ${steps} steps: probably training.tokens is too small, or the ${batch} too large`,
    );
  }
  if (modelFlopsUtilization < lowestUtilization) {
    warnings.push(
      `MFU is ${formatPercent(modelFlopsUtilization)}, below any published run of this size: probably the batch or the model is too small for the cluster`,
    );
  }
  if (modelFlopsUtilization > highestUtilization) {
    warnings.push(
      `MFU is ${formatPercent(modelFlopsUtilization)}, above any measured run: probably a peak or an efficiency of the hardware is overstated`,
    );
  }
  return warnings;
}

const longestStep = 3600;
const fewestSteps = 100;
const lowestUtilization = 0.05;
const highestUtilization = 0.8;

/** Sections of the plan that are read and checked, and that the answer does not take into account. */
export function unusedWarnings({goal}: Plan): string[] {
  const warnings: string[] = [];
  if (goal.minimize === 'loss') {
    warnings.push('goal.minimize: loss is the same for every layout: the fastest one is taken');
  }
  return warnings;
}
