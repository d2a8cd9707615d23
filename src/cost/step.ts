import type {Seconds} from '../units/quantities.js';

/**
 * The parts of one training step on the critical path. They are disjoint and add up to the step:
 * what hides behind something else is not counted.
 */
export interface StepParts {
  /** Matrix products and element-wise kernels of the forward pass on the slowest stage. */
  readonly forward: Seconds;
  readonly backward: Seconds;
  /** Forward work done again in the backward pass. */
  readonly recompute: Seconds;
  /** Time that the device waits for its host to launch kernels. */
  readonly launch: Seconds;
  readonly tensorCommunication: Seconds;
  readonly contextCommunication: Seconds;
  readonly expertCommunication: Seconds;
  readonly pipelineCommunication: Seconds;
  /** Fill and drain of the pipeline, and waiting for a slower stage. */
  readonly pipelineBubble: Seconds;
  /** Gradient reduction and parameter gathers that no compute hides. */
  readonly gradientReduction: Seconds;
  readonly parameterGather: Seconds;
  readonly optimizer: Seconds;
  readonly offload: Seconds;
  /** Host work around the step that nothing hides. */
  readonly stepOverhead: Seconds;
}

/** Parts that the passes of micro-batches are made of. */
export const passPartNames = [
  'forward',
  'backward',
  'recompute',
  'launch',
  'tensorCommunication',
  'contextCommunication',
  'expertCommunication',
  'pipelineCommunication',
  'pipelineBubble',
] as const satisfies readonly (keyof StepParts)[];

/** All parts in the order in which they are added up and shown; those behind the passes come once a step. */
export const stepPartNames = [
  ...passPartNames,
  'gradientReduction',
  'parameterGather',
  'optimizer',
  'offload',
  'stepOverhead',
] as const satisfies readonly (keyof StepParts)[];

/** The step: the sum of its parts, in the order of `stepPartNames`, so that printed parts add up exactly. */
export function stepSeconds(parts: StepParts): Seconds {
  return (passSeconds(parts) +
    parts.gradientReduction +
    parts.parameterGather +
    parts.optimizer +
    parts.offload +
    parts.stepOverhead) as Seconds;
}

/** What passes bring to a step. Written out: a search asks for it millions of times. */
export function passSeconds(parts: Pick<StepParts, (typeof passPartNames)[number]>): Seconds {
  return (parts.forward +
    parts.backward +
    parts.recompute +
    parts.launch +
    parts.tensorCommunication +
    parts.contextCommunication +
    parts.expertCommunication +
    parts.pipelineCommunication +
    parts.pipelineBubble) as Seconds;
}

const none = 0 as Seconds;

/** A step without anything. */
export const noParts: StepParts = {
  forward: none,
  backward: none,
  recompute: none,
  launch: none,
  tensorCommunication: none,
  contextCommunication: none,
  expertCommunication: none,
  pipelineCommunication: none,
  pipelineBubble: none,
  gradientReduction: none,
  parameterGather: none,
  optimizer: none,
  offload: none,
  stepOverhead: none,
};
