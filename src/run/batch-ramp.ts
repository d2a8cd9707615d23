import {passPartNames} from '../cost/step.js';
import type {StepEstimate} from '../pipeline/estimate.js';
import {numReplicas, type Plan} from '../plan/plan.js';

/** Optimizer steps of a run and the time of all of them, each step at its own batch. */
export interface RunSteps {
  readonly steps: number;
  readonly seconds: number;
}

/**
 * Steps of a training from its first to its last token.
 *
 * A step of a smaller batch has fewer micro-batches: its passes shrink with the batch, while bubble,
 * optimizer and reduction of gradients stay. With DiLoCo each replica does every step.
 */
export function runSteps(plan: Plan, estimate: StepEstimate): RunSteps {
  const {tokens, globalBatch, sequenceLength, batchRamp = []} = plan.training;
  const tokensOfSequence = sequenceLength * numReplicas(plan);
  let seen = 0;
  let steps = 0;
  let seconds = 0;
  for (const stage of [...batchRamp, {until: tokens, globalBatch}]) {
    const count = Math.ceil(
      Math.max(0, Math.min(stage.until, tokens) - seen) / (stage.globalBatch * tokensOfSequence),
    );
    steps += count;
    seconds += count * secondsAtBatch(estimate, stage.globalBatch / globalBatch);
    seen += count * stage.globalBatch * tokensOfSequence;
  }
  return {steps, seconds};
}

function secondsAtBatch({seconds, parts}: StepEstimate, share: number): number {
  let passes = 0;
  for (const name of passPartNames) if (name !== 'pipelineBubble') passes += parts[name];
  return seconds - (1 - share) * passes;
}
