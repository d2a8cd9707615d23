/**
 * Terms of what one micro-batch costs in a part of the model, by their place in a `Work`.
 *
 * A search adds costs up for every layer, chunk and stage of many candidates. As a vector a cost has one sum,
 * and a term is one line here.
 */
export const workTerm = {
  /** Device time of the passes, seconds. */
  forward: 0,
  backwardInput: 1,
  backwardWeight: 2,
  /** Part of `forward` that selective recomputation repeats, seconds. */
  selectiveForward: 3,
  /** Kernels that the host launches. */
  forwardKernels: 4,
  backwardKernels: 5,
  selectiveKernels: 6,
  /** Communication inside layers, seconds on the wire before any overlap: see `exchanges`. */
  tensorForward: 7,
  contextForward: 8,
  expertForward: 9,
  tensorBackward: 10,
  contextBackward: 11,
  expertBackward: 12,
  /** Gathers in the backward pass that only the weight gradient waits for, seconds. */
  tensorRegather: 13,
  /** Collectives that the host calls. */
  forwardCalls: 14,
  backwardCalls: 15,
} as const;
export type PassWorkTerm = keyof typeof workTerm;

/** Kinds of communication inside layers, in the order of their terms and in which they overlap with compute. */
export const exchanges = ['tensor', 'context', 'expert'] as const;

type Terms = Readonly<Record<string, number>>;

/** Figures by the places that a table of terms gives them. */
export type TermVector<Table extends Terms> = readonly number[] &
  Readonly<Record<Table[keyof Table], number>>;

/** A vector that is being summed up. */
type TermSum<Table extends Terms> = number[] & Record<Table[keyof Table], number>;

/** Cost of one micro-batch in a part of the model. */
export type PassWork = TermVector<typeof workTerm>;

/** A vector of zeros. It holds doubles from the start, which are summed fastest. */
export function zeros<Table extends Terms>(table: Table): TermSum<Table> {
  return Object.keys(table)
    .map(() => 0.5)
    .fill(0) as TermSum<Table>;
}

/** No work. */
export const noWork: PassWork = zeros(workTerm);

/** A copy of no work, to be summed up. */
export function emptyWork(): TermSum<typeof workTerm> {
  return noWork.slice() as TermSum<typeof workTerm>;
}

/** Work of the terms that are given. */
export function workOf(figures: Readonly<Partial<Record<PassWorkTerm, number>>>): PassWork {
  const work = emptyWork();
  for (const [term, figure] of Object.entries(figures)) work[workTerm[term as PassWorkTerm]] = figure;
  return work;
}

/** `sum` plus `times` times `vector`. */
export function plus<Vector extends readonly number[]>(sum: Vector, vector: Vector, times = 1): Vector {
  const total = sum.slice();
  addTo(total, vector, times);
  return total as readonly number[] as Vector;
}

/** Adds `times` times `vector` to `sum`. */
export function addTo(sum: number[], vector: readonly number[], times: number): void {
  for (let term = 0; term < sum.length; term += 1) {
    sum[term] = (sum[term] as number) + times * (vector[term] as number);
  }
}

/** Sum of the terms from `first` up to `end`. */
export function sumOf(vector: readonly number[], first: number, end: number): number {
  let sum = 0;
  for (let term = first; term < end; term += 1) sum += vector[term] as number;
  return sum;
}
