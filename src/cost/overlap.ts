/**
 * What is left on the critical path of communication that runs beside compute.
 *
 * Of `communication` the share `overlap` can hide, and no more than `compute` gives room for;
 * while it hides, it takes `slowdown` of the compute units' time away.
 *
 * @param communication seconds that the transfers take on their own
 * @param compute seconds of compute that they may hide behind
 * @returns exposed seconds
 */
export function exposedSeconds(
  communication: number,
  compute: number,
  overlap: number,
  slowdown: number,
): number {
  const hidden = Math.min(communication * overlap, compute);
  return communication - hidden * (1 - slowdown);
}
