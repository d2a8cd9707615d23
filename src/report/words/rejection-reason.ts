import type {StageMemory} from '../../cost/memory/memory.js';
import type {Rejection} from '../../search/rejections.js';

/** Reason of a rejection as a phrase. */
export function rejectionReason({largestPart}: Pick<Rejection, 'largestPart'>): string {
  return `out of memory, most of it ${partPhrases[largestPart]}`;
}

const partPhrases: Readonly<Record<keyof StageMemory, string>> = {
  weights: 'weights',
  gradients: 'gradients',
  optimizer: 'optimizer states',
  layerActivations: 'activations',
  endActivations: 'activations of embedding and head',
  logits: 'logits',
  workingSet: 'the working set of a layer',
  communicationBuffers: 'communication buffers',
};
