import type {Pass} from '../schedules/program.js';

/** One pass, for timelines. A pair yields two events with the same start and end. */
export interface PipelineEvent {
  readonly kind: Exclude<Pass['kind'], 'pair'>;
  readonly device: number;
  readonly chunk: number;
  /** Counted on its route. */
  readonly microbatch: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Activations that the device holds after the pass, and during it if it is a forward pass. */
  readonly activationBytes: number;
}

export type PipelineObserver = (event: PipelineEvent) => void;
