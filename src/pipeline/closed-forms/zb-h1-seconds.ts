import type {EvenPipeline} from './even-pipeline.js';

/**
 * Time of ZB-H1, seconds: the longest of the paths that may be it, each a sum of counted passes.
 *
 * With equal stages the bubble is (p - 1) max(F + B - W, F, B): the published (p - 1)(F + B - W) where
 * the weight gradient is no longer than the other passes, and never less than the fill or the drain.
 *
 * Equal to the simulation for equal stages and free messages, with any number of micro-batches. With
 * messages and uneven ends an estimate: 0.3 % off on average, and 9 % at worst, over random pipelines.
 *
 * @see Qi et al. 2023 (arXiv 2401.10241) sec. 2 for equal stages; the rest is derived here and held
 *   against the simulation in test/pipeline/zero-bubble.test.ts
 */
export function zeroBubbleH1Seconds(pipeline: EvenPipeline): number {
  const {stages: p, microbatches: m, backwardWeight: w} = pipeline;
  const {firstForward, firstBackwardWeight, lastBackwardInput, lastBackwardWeight} = pipeline;
  const exposedSend = p > 1 ? pipeline.send * (1 - pipeline.sendOverlap) : 0;
  const latency = p > 1 ? pipeline.send * pipeline.sendOverlap : 0;
  const f = pipeline.forward + exposedSend;
  const b = pipeline.backwardInput + exposedSend;
  // The last stage sends nothing on, the first one nothing back.
  const firstBackward = pipeline.firstBackwardInput - exposedSend;
  const lastForward = pipeline.lastForward - exposedSend;
  const first = firstForward + firstBackward + firstBackwardWeight;
  const last = lastForward + lastBackwardInput + lastBackwardWeight;
  const work = m * (f + b + w);
  if (p === 1) return work + m * (first + last + 2 * exposedSend);
  const n = p - 1;
  const steady = Math.max(0, m - n);
  const rest = Math.max(0, m - p);
  const missing = Math.max(0, p - m);
  const lastTurn = lastForward + lastBackwardInput;
  // Messages of the longest path: there and back in as few round trips as the micro-batches can be taken in.
  const trips = m + n - Math.ceil((m + n) / p);
  const pairs = Math.min(2 * n, trips);
  const waits = Math.max(0, trips - 2 * n) * Math.max(0, 2 * latency - w);
  let longest = Math.max(
    n * f + Math.min(1, missing) * b + firstForward + m * last + Math.min(3 * n, 2 * pairs) * latency,
    n * b +
      missing * f +
      Math.max(1, steady) * firstForward +
      m * (firstBackward + firstBackwardWeight) +
      lastTurn +
      2 * n * latency,
    n * (f + b) -
      Math.min(n, m - 1) * w +
      first +
      m * last -
      Math.min(p, m) * lastBackwardWeight +
      2 * pairs * latency +
      waits,
    m * first,
  );
  if (m >= 2 * p) {
    const returns = rest * (firstBackward + firstBackwardWeight);
    longest = Math.max(
      longest,
      n * f + steady * firstForward + returns + 2 * lastTurn + p * lastBackwardWeight,
      n * (f + b - w) + steady * first + 2 * lastTurn,
      n * (f - b) + m * firstForward + returns + lastTurn + p * lastBackwardWeight,
      n * (f - w) + steady * (firstBackward + firstBackwardWeight) + m * firstForward + lastTurn,
    );
  }
  if (p > 2 && exposedSend > 0 && m >= p) {
    // Through a stage between, which sends both ways.
    longest = Math.max(
      longest,
      n * f + firstForward - 2 * exposedSend + Math.min(3 * n, 2 * pairs) * latency,
      n * (f + b - w) + firstForward - 3 * exposedSend + 2 * pairs * latency + waits,
      f + (n - 1) * b + firstForward - exposedSend + 2 * n * latency,
      f + n * b - w + firstForward - 2 * exposedSend + 2 * n * latency,
    );
  }
  return work + longest;
}
