import {memoryPartNames, type StageMemory} from '../cost/memory/memory.js';
import type {Layout} from '../layout/layout.js';
import {compareLayouts} from './families.js';

/** Layouts that fell for one reason, with the one that came closest. */
export interface Rejection {
  readonly reason: string;
  readonly count: number;
  readonly example: RejectedLayout;
}

export interface RejectedLayout {
  readonly layout: Layout;
  readonly neededBytes: number;
  readonly capacityBytes: number;
}

/** Counts rejected layouts by reason. */
export interface RejectionTally {
  /**
   * @param example the one that comes closest, and what its fullest stage holds
   * @param neededBytes of the fullest stage and what is beside the tensors
   * @param count layouts that fall for the same reason, each by at least as much
   */
  add(example: Layout, fullest: StageMemory, neededBytes: number, count: number): void;
  list(): readonly Rejection[];
}

/** Counts layouts that do not fit by what fills most of the memory. */
export function rejectionTally(capacityBytes: number): RejectionTally {
  const tally = new Map<string, {count: number; example: RejectedLayout}>();
  return {
    add(layout, fullest, neededBytes, count) {
      const reason = `out of memory, most of it ${partNames[largestPart(fullest)]}`;
      const known = tally.get(reason);
      if (known === undefined) tally.set(reason, {count, example: {layout, neededBytes, capacityBytes}});
      else {
        known.count += count;
        const {example} = known;
        const closer = neededBytes - example.neededBytes;
        if (closer < 0 || (closer === 0 && compareLayouts(layout, example.layout) < 0)) {
          known.example = {layout, neededBytes, capacityBytes};
        }
      }
    },
    list: () => sorted([...tally].map(([reason, {count, example}]) => ({reason, count, example}))),
  };
}

/** Both lists as one. */
export function mergeRejections(a: readonly Rejection[], b: readonly Rejection[]): readonly Rejection[] {
  const merged = new Map(a.map(rejection => [rejection.reason, rejection]));
  for (const rejection of b) {
    const known = merged.get(rejection.reason);
    merged.set(rejection.reason, known === undefined ? rejection : join(known, rejection));
  }
  return sorted([...merged.values()]);
}

function join(a: Rejection, b: Rejection): Rejection {
  const closer =
    b.example.neededBytes - a.example.neededBytes || compareLayouts(b.example.layout, a.example.layout);
  return {reason: a.reason, count: a.count + b.count, example: closer < 0 ? b.example : a.example};
}

/** Most frequent reason first. */
function sorted(rejections: readonly Rejection[]): readonly Rejection[] {
  return [...rejections].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
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
