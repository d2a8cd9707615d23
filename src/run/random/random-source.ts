/** Uniform numbers in (0, 1]: their logarithm is finite. */
export type RandomSource = () => number;

/**
 * Small fast generator of 128 bits of state, the same sequence for a seed on every machine.
 *
 * @see Chris Doty-Humphrey, PractRand, sfc32 (recalled)
 */
export function randomSource(seed: number): RandomSource {
  let a = seed | 0;
  let b = (seed / 2 ** 32) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return ((sum >>> 0) + 1) / 2 ** 32;
  };
  // Seeds that differ in one bit give unlike sequences only after some rounds.
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** The numbers 0 to `count` - 1 in random order. */
export function shuffled(count: number, random: RandomSource): Uint32Array {
  const order = Uint32Array.from({length: count}, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = Math.min(i, Math.floor(random() * (i + 1)));
    const moved = order[i] as number;
    order[i] = order[j] as number;
    order[j] = moved;
  }
  return order;
}
