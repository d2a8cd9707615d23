/**
 * Communication libraries send small messages with a flag in every word (NCCL's LL) instead of a
 * fence after every chunk: a step waits a fifth as long, at a quarter of the bandwidth. Trees do, for
 * small all-reduces; gathers in long rings measure as if they did not (collectives.csv, SimAI's rows).
 *
 * @see NVIDIA/nccl src/graph/tuning.cc at b647562: 0.6 against 3.4 us a step over NVLink, 2.7 against
 * 14 us over the network, and `busBw * 1.0/4.0`
 */
const lowLatency = {latency: 0.2, bandwidth: 0.25} as const;

/** Time under the protocol that suits it: `latency` of its steps, `transfer` of its bytes. */
export function protocolSeconds(latency: number, transfer: number): number {
  const plain = latency + transfer;
  const flagged = latency * lowLatency.latency + transfer / lowLatency.bandwidth;
  return Math.min(plain, flagged);
}
