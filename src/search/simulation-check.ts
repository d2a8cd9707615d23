import {stepSeconds} from '../cost/step.js';
import {simulateStep} from '../pipeline/simulate-step.js';
import type {Plan} from '../plan/plan.js';
import type {Candidate, SimulationCheck} from './search-result.js';

/** Runs the passes of each answered layout event by event, and compares the whole step. */
export function checkBySimulation(plan: Plan, answered: readonly Candidate[]): SimulationCheck {
  const finalists = new Map<string, Candidate>();
  for (const candidate of answered) finalists.set(JSON.stringify(candidate.layout), candidate);
  let largestDifference = 0;
  for (const {layout, estimate} of finalists.values()) {
    const {pipeline, closedFormSeconds} = simulateStep({...plan, layout});
    const seconds = stepSeconds(estimate.parts);
    const simulated = seconds - closedFormSeconds + pipeline.seconds;
    const difference = seconds / simulated - 1;
    if (Math.abs(difference) > Math.abs(largestDifference)) largestDifference = difference;
  }
  return {simulated: finalists.size, largestDifference};
}
