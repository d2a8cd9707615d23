import type {ScheduleName} from '../../layout/layout.js';
import {dualPipe} from './dualpipe.js';
import {gpipe} from './gpipe.js';
import {interleaved} from './interleaved.js';
import {oneFOneB} from './one-f-one-b.js';
import type {Schedule} from './schedule.js';
import {zeroBubbleH1} from './zb-h1.js';
import {zeroBubbleV} from './zb-v.js';

/** Every pipeline schedule, by the name that a layout gives it. */
export const schedules = {
  gpipe,
  '1f1b': oneFOneB,
  interleaved,
  'zb-h1': zeroBubbleH1,
  'zb-v': zeroBubbleV,
  dualpipe: dualPipe,
} as const satisfies Record<ScheduleName, Schedule>;
