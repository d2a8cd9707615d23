import type {MeasuredFigure, SoftwareStack} from '../../frameworks/stack.js';

/** A measured run as a fit sees it: what was measured, and what any stack would have taken. */
export interface TimedRun {
  readonly id: string;
  readonly source: string;
  readonly sweep: string;
  readonly hardware: string;
  readonly software: string;
  readonly stepSeconds: number;
  /** The stack as it stands before any fit. */
  readonly stack: SoftwareStack;
  readonly figures: Readonly<Record<MeasuredFigure, number>>;
  /** Step time on this run's machine with another stack, seconds. */
  readonly predict: (stack: SoftwareStack) => number;
}
