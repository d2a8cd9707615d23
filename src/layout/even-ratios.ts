/** `count` values at equal ratios from the first to the last. */
export function evenRatios({
  from,
  to,
  count,
}: {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}): number[] {
  if (count === 1) return [from];
  return Array.from({length: count}, (_, i) => from * (to / from) ** (i / (count - 1)));
}

/** Steps of an octave that batches are rounded to. */
const stepsOfOctave = 4;

/** The nearest of 1, 1.25, 1.5 and 1.75 times a power of two: data degrees divide such batches. */
export function roundBatch(sequences: number): number {
  const octave = 2 ** Math.floor(Math.log2(sequences));
  const rounded = (Math.round((sequences / octave) * stepsOfOctave) / stepsOfOctave) * octave;
  return Math.max(1, Math.round(rounded));
}
