import type {StageMemory} from '../../cost/memory/memory.js';
import type {Rejection} from '../../search/rejections.js';
import {formatBinaryBytes} from '../../units/format-quantity.js';

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

/** Needed memory against the capacity of a device. Memory that is nearly full fragments. */
export function neededOfCapacity(neededBytes: number, capacityBytes: number): string {
  const [needed, capacity] = [formatBinaryBytes(neededBytes), formatBinaryBytes(capacityBytes)];
  return neededBytes > capacityBytes
    ? `${needed} of ${capacity}`
    : `${needed}, too near to the ${capacity} there are`;
}
