import {memoryPartNames, type StageMemory} from '../cost/memory/memory.js';
import type {Layout} from '../layout/layout.js';

/** Layouts that fell for one reason, with the one that came closest. */
export interface Rejection {
  readonly reason: string;
  readonly count: number;
  readonly example: {readonly layout: Layout; readonly neededBytes: number; readonly capacityBytes: number};
}

/** Counts rejected layouts by reason. */
export interface RejectionTally {
  /** @param neededBytes of the fullest stage and what is beside the tensors */
  add(layout: Layout, fullest: StageMemory, neededBytes: number): void;
  /** Most frequent reason first. */
  list(): readonly Rejection[];
}

/** Counts layouts that do not fit by what fills most of the memory. */
export function rejectionTally(capacityBytes: number): RejectionTally {
  const tally = new Map<string, {count: number; example: Rejection['example']}>();
  return {
    add(layout, fullest, neededBytes) {
      const reason = `out of memory, most of it ${partNames[largestPart(fullest)]}`;
      const example = {layout, neededBytes, capacityBytes};
      const known = tally.get(reason);
      if (known === undefined) tally.set(reason, {count: 1, example});
      else {
        known.count += 1;
        if (neededBytes < known.example.neededBytes) known.example = example;
      }
    },
    list: () =>
      [...tally]
        .map(([reason, {count, example}]) => ({reason, count, example}))
        .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
  };
}

const partNames: Readonly<Record<keyof StageMemory, string>> = {
  weights: 'weights',
  gradients: 'gradients',
  optimizer: 'optimizer states',
  layerActivations: 'activations',
  endActivations: 'activations of embedding and head',
  logits: 'logits',
  workingSet: 'the working set of a layer',
  communicationBuffers: 'communication buffers',
};

function largestPart(stage: StageMemory): keyof StageMemory {
  return memoryPartNames.reduce((most, name) => (stage[name] > stage[most] ? name : most));
}
