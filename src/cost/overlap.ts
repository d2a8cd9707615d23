/**
 * What is left on the critical path of communication that runs beside compute.
 *
 * Of `communication` less what stands at its edge the share `overlap` can hide, and no more than `compute`
 * gives room for; while it hides, it takes `slowdown` of the compute units' time away.
 *
 * @param communication seconds that the transfers take on their own
 * @param edge part of them that no compute stands beside: the last gradients, the first weights
 * @param compute seconds of compute that they may hide behind
 * @returns exposed seconds
 */
export function exposedSeconds(
  communication: number,
  edge: number,
  compute: number,
  overlap: number,
  slowdown: number,
): number {
  const hidden = Math.min((communication - edge) * overlap, compute);
  return communication - hidden * (1 - slowdown);
}
