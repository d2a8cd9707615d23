/** Device seconds and kernel launches of a set of operators for one micro-batch. */
export interface ComputeCost {
  readonly forward: number;
  readonly backwardInput: number;
  readonly backwardWeight: number;
  /** Part of `forward` that selective recomputation repeats. */
  readonly selectiveForward: number;
  readonly forwardKernels: number;
  readonly backwardKernels: number;
  readonly selectiveKernels: number;
}

/** Nothing to compute. */
export const noCompute: ComputeCost = {
  forward: 0,
  backwardInput: 0,
  backwardWeight: 0,
  selectiveForward: 0,
  forwardKernels: 0,
  backwardKernels: 0,
  selectiveKernels: 0,
};

/** `a` plus `times` times `b`. */
export function addCosts(a: ComputeCost, b: ComputeCost, times: number): ComputeCost {
  return {
    forward: a.forward + times * b.forward,
    backwardInput: a.backwardInput + times * b.backwardInput,
    backwardWeight: a.backwardWeight + times * b.backwardWeight,
    selectiveForward: a.selectiveForward + times * b.selectiveForward,
    forwardKernels: a.forwardKernels + times * b.forwardKernels,
    backwardKernels: a.backwardKernels + times * b.backwardKernels,
    selectiveKernels: a.selectiveKernels + times * b.selectiveKernels,
  };
}
