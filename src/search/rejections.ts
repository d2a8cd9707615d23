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

/** A layout that does not fit. */
export interface Misfit {
  /** What its fullest stage holds. */
  readonly fullest: StageMemory;
  /** By that stage and by what is beside the tensors. */
  readonly neededBytes: number;
  /** Makes it, where it is kept as an example. */
  readonly layout: () => Layout;
}

/** Counts rejected layouts by reason. */
export interface RejectionTally {
  /** @param count layouts that fall for the same reason, of which the misfit comes closest */
  add(misfit: Misfit, count: number): void;
  list(): readonly Rejection[];
}

/** Counts layouts that do not fit by what fills most of the memory. */
export function rejectionTally(capacityBytes: number): RejectionTally {
  const tally = new Map<keyof StageMemory, {count: number; example: RejectedLayout}>();
  return {
    add({fullest, neededBytes, layout: makeLayout}, count) {
      const part = largestPart(fullest);
      const known = tally.get(part);
      if (known === undefined) {
        tally.set(part, {count, example: {layout: makeLayout(), neededBytes, capacityBytes}});
        return;
      }
      known.count += count;
      const {example} = known;
      if (neededBytes > example.neededBytes) return;
      const layout = makeLayout();
      if (neededBytes < example.neededBytes || compareLayouts(layout, example.layout) < 0) {
        known.example = {layout, neededBytes, capacityBytes};
      }
    },
    list: () =>
      sorted(
        [...tally].map(([part, {count, example}]) => ({
          reason: `out of memory, most of it ${partNames[part]}`,
          count,
          example,
        })),
      ),
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
  let most: keyof StageMemory = memoryPartNames[0];
  for (const name of memoryPartNames) if (stage[name] > stage[most]) most = name;
  return most;
}
