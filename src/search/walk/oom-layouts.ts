import {memoryPartNames, type StageMemory} from '../../cost/memory/memory.js';
import type {Layout} from '../../layout/layout.js';
import {compareLayouts} from '../compare-layouts.js';
import {type LeastMemory, lessMemory} from '../findings.js';
import {mostFrequentFirst, type RejectedLayout, type Rejection} from '../rejections.js';

/** A layout that is out of memory. */
export interface OomLayout {
  /** What its fullest stage holds. */
  readonly fullest: StageMemory;
  /** Memory of that stage, in the allocator and outside it. */
  readonly neededBytes: number;
  /** Makes the layout, where it is kept as an example. */
  readonly layout: () => Layout;
}

/** Layouts out of memory, counted by what fills most of it; and the one that needs least, where it is sought. */
export class OomLayouts {
  least: LeastMemory | null = null;
  private readonly tally = new Map<keyof StageMemory, {count: number; example: RejectedLayout}>();

  /** @param seeksLeast whether nothing is known to fit, so that the layout of least memory is the answer */
  constructor(
    private readonly capacityBytes: number,
    private readonly seeksLeast: boolean,
  ) {}

  /** @param count layouts that fall for the same reason, of which this one comes closest to fitting */
  record(oom: OomLayout, count: number): void {
    const {fullest, neededBytes, layout: makeLayout} = oom;
    const {tally, capacityBytes} = this;
    const part = largestPart(fullest);
    const known = tally.get(part);
    if (known === undefined) {
      tally.set(part, {count, example: {layout: makeLayout(), neededBytes, capacityBytes}});
    } else {
      known.count += count;
      const {example} = known;
      if (neededBytes <= example.neededBytes) {
        const layout = makeLayout();
        if (neededBytes < example.neededBytes || compareLayouts(layout, example.layout) < 0) {
          known.example = {layout, neededBytes, capacityBytes};
        }
      }
    }
    this.recordLeast(oom);
  }

  /** Whether a layout that needs no less than `neededBytes` may be the one of least memory that is sought. */
  maySeek(neededBytes: number): boolean {
    return this.seeksLeast && neededBytes <= (this.least?.neededBytes ?? Infinity);
  }

  recordLeast({neededBytes, layout}: OomLayout): void {
    if (this.maySeek(neededBytes)) {
      this.least = lessMemory(this.least, {layout: layout(), neededBytes});
    }
  }

  rejections(): readonly Rejection[] {
    return mostFrequentFirst([...this.tally].map(([largestPart, found]) => ({largestPart, ...found})));
  }
}

function largestPart(stage: StageMemory): keyof StageMemory {
  let most: keyof StageMemory = memoryPartNames[0];
  for (const name of memoryPartNames) if (stage[name] > stage[most]) most = name;
  return most;
}
