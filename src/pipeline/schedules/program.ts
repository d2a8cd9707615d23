/**
 * What a device does in a step, in order.
 *
 * A program is a few phases, each a short pattern of passes that repeats. Which micro-batch a pass is
 * for follows from counting: every chunk takes its micro-batches in order, for each kind of pass. So a
 * program is as long as the schedule is complicated, not as long as the step.
 */
export type Program = readonly Phase[];

export interface Phase {
  /** How often the pattern repeats; none if 0 or less. */
  readonly times: number;
  readonly passes: readonly Pass[];
}

/**
 * One pass of a micro-batch through a chunk of the device.
 *
 * `backward` is both gradients at once; zero-bubble schedules split it into `backward-input`, which
 * the previous stage waits for, and `backward-weight`, which no stage waits for. A `pair` is a forward and a
 * full backward pass of two micro-batches that overlap (DualPipe).
 */
export type Pass =
  | {
      readonly kind: 'forward' | 'backward' | 'backward-input' | 'backward-weight';
      readonly chunk: ChunkChoice;
    }
  | {readonly kind: 'pair'; readonly forward: number; readonly backward: number};

/** A chunk by its number, or the chunks in turn, each for a group of micro-batches (interleaved). */
export type ChunkChoice = number | 'in-turn';

export const forwardOf = (chunk: ChunkChoice): Pass => ({kind: 'forward', chunk});
export const backwardOf = (chunk: ChunkChoice): Pass => ({kind: 'backward', chunk});
export const backwardInputOf = (chunk: ChunkChoice): Pass => ({kind: 'backward-input', chunk});
export const backwardWeightOf = (chunk: ChunkChoice): Pass => ({kind: 'backward-weight', chunk});
export const pairOf = (forward: number, backward: number): Pass => ({kind: 'pair', forward, backward});

/** `passes`, `times` over. */
export const repeat = (times: number, ...passes: readonly Pass[]): Phase => ({times, passes});
