/**
 * The second rung of a ladder of small models: accuracy on a task from the loss of its right answer, in
 * bits per byte, by a/(1 + exp(-k (L - L0))) + b (Bhagia et al. 2024, "Establishing Task Scaling Laws via
 * Compute-Efficient Model Ladders", eq. 2). The first rung, that loss, has the Chinchilla form.
 *
 * The coefficients belong to a task and are not published as numbers; fit them to small models of one's own.
 */
export interface TaskAccuracyLaw {
  /** Negative: accuracy falls as loss rises. */
  readonly a: number;
  /** Accuracy at a loss of nothing, less what `a` takes there. */
  readonly b: number;
  readonly k: number;
  /** Loss in the middle of the slope. */
  readonly middle: number;
}

export function taskAccuracy({a, b, k, middle}: TaskAccuracyLaw, taskLoss: number): number {
  return a / (1 + Math.exp(-k * (taskLoss - middle))) + b;
}
