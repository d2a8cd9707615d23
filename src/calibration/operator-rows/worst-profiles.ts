import {groupBy, median} from '../statistics.js';
import type {OperatorSlice} from './operator-slices.js';

/** A profile with how far off its rows are, and what its worst operator rests on. */
export interface ProfileError {
  readonly profile: string;
  readonly rows: number;
  /** Median over its operators of their median error. */
  readonly medianOfSlices: number;
  readonly worst: {readonly op: string; readonly medianError: number; readonly medianBias: number};
  /** Figures of the profile that the worst operator's time follows from. */
  readonly figures: readonly string[];
}

/** Fewer rows of an operator may be one odd shape. */
const fewestRows = 3;

/** Profiles that rows were priced on, the one that is farthest off first. */
export function worstProfiles(slices: readonly OperatorSlice[]): readonly ProfileError[] {
  const priced = slices.filter(
    ({accuracy, predicted, profile}) => accuracy !== null && profile !== null && predicted >= fewestRows,
  );
  const byProfile = groupBy(priced, ({profile}) => profile ?? '');
  return [...byProfile]
    .map(([profile, own]) => profileError(profile, own))
    .sort((a, b) => b.medianOfSlices - a.medianOfSlices);
}

function profileError(profile: string, slices: readonly OperatorSlice[]): ProfileError {
  const errorOf = ({accuracy}: OperatorSlice) => accuracy?.medianAbsoluteError ?? 0;
  const worst = slices.reduce((most, slice) => (errorOf(slice) > errorOf(most) ? slice : most));
  return {
    profile,
    rows: slices.reduce((sum, {predicted}) => sum + predicted, 0),
    medianOfSlices: median(slices.map(errorOf)),
    worst: {op: worst.op, medianError: errorOf(worst), medianBias: worst.medianBias ?? 0},
    figures: figuresOf(worst.op),
  };
}

/** Figures by the operators that rest on them, first match wins. */
const restsOn: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^(all_|reduce_scatter|send_recv|broadcast)/,
    ['board or fabric: bandwidth, latency and curve of the level that the ranks span'],
  ],
  [/^grouped|^moe/, ['accelerator.kernels.grouped', 'accelerator.kernels.gemm_efficiency']],
  [
    /^(matmul|linear|logits|swiglu-mlp|geglu-mlp)/,
    ['accelerator.kernels.gemm_efficiency', 'half_depth', 'tile'],
  ],
  [/^attention-(scores|values)/, ['accelerator.kernels.gemm_efficiency', 'memory_efficiency']],
  [/^attention/, ['accelerator.kernels.attention']],
];

function figuresOf(op: string): readonly string[] {
  const streamed = ['accelerator.kernels.memory_efficiency', 'bytes that the operator moves'];
  return restsOn.find(([pattern]) => pattern.test(op))?.[1] ?? streamed;
}
