import type {MemoryEstimate} from '../../../cost/memory/memory.js';
import {plainBar} from '../../../report/terminal/bar.js';
import {displayWidth} from '../../../report/terminal/display-width.js';
import {type Paint, paint} from '../../../report/terminal/paint.js';
import type {TerminalStyle} from '../../../report/terminal/terminal-style.js';

/** Memory is tight from this share of the capacity on. */
const tight = 0.92;

/** Needed memory against the capacity of a device: green if it fits, orange if it is tight, red if it does not fit. */
export function memoryBar(style: TerminalStyle, memory: MemoryEstimate, columns: number): string {
  const needed = memory.neededBytes;
  const plain = {...style, color: false};
  const bar = plainBar(plain, needed, memory.capacityBytes, columns);
  const rest = (style.unicode ? '·' : '.').repeat(Math.max(0, columns - displayWidth(bar)));
  return paint(style, memoryPaint(memory), bar) + paint(style, 'quiet', rest);
}

function memoryPaint({neededBytes, capacityBytes, fits}: MemoryEstimate): Paint {
  if (!fits) return 'bad';
  return neededBytes > tight * capacityBytes ? 'warning' : 'good';
}
