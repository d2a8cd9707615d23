import type {MemoryEstimate} from '../../../cost/memory/memory.js';
import {plainBar} from '../../../report/page/bar.js';
import {displayWidth} from '../../../report/page/display-width.js';
import type {TerminalStyle} from '../../../report/page/page.js';
import {type Paint, paint} from '../../../report/page/paint.js';

/** Memory is tight from this share of the capacity on. */
const tight = 0.92;

/** Needed memory against the capacity of a device: green if it fits, orange if it is tight, red if it does not fit. */
export function memoryBar(page: TerminalStyle, memory: MemoryEstimate, columns: number): string {
  const needed = memory.peakBytes + memory.outsideBytes;
  const plain = {...page, color: false};
  const bar = plainBar(plain, needed, memory.capacityBytes, columns);
  const rest = (page.unicode ? '·' : '.').repeat(Math.max(0, columns - displayWidth(bar)));
  return paint(page, memoryPaint(memory), bar) + paint(page, 'quiet', rest);
}

function memoryPaint({peakBytes, outsideBytes, capacityBytes, fits}: MemoryEstimate): Paint {
  if (!fits) return 'bad';
  return peakBytes + outsideBytes > tight * capacityBytes ? 'warning' : 'good';
}
