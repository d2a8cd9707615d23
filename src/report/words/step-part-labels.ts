import type {StepParts} from '../../cost/step.js';

/** Labels of the parts of a step. */
export const stepPartLabels: Readonly<Record<keyof StepParts, string>> = {
  forward: 'forward',
  backward: 'backward',
  recompute: 'recompute',
  launch: 'waiting for launches',
  tensorCommunication: 'tensor communication',
  contextCommunication: 'context communication',
  expertCommunication: 'expert communication',
  pipelineCommunication: 'pipeline messages',
  pipelineBubble: 'pipeline bubble',
  gradientReduction: 'gradient reduction',
  parameterGather: 'parameter gather',
  optimizer: 'optimizer',
  offload: 'offload',
  stepOverhead: 'host overhead',
};
