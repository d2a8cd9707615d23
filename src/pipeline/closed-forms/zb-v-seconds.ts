import type {EvenPipeline} from './even-pipeline.js';

/**
 * Time of ZB-V, seconds: the longest of the paths that may be it, each a sum of counted passes.
 *
 * With F = B = W no device idles between its first pass and its last one, and the step is longer than the
 * work by (p - 1) F, for the last device starts that much later.
 *
 * Equal to the simulation for equal chunks, free messages and at least 2 p - 1 micro-batches. Else an
 * estimate: 0.5 % off on average, and 8 % at worst, over random pipelines.
 *
 * @see Qi et al. 2024, "Pipeline Parallelism with Controllable Memory" (arXiv 2405.15362), and
 *   arXiv 2401.10241 sec. 6 for F = B = W; the rest is derived here and held against the simulation in
 *   test/pipeline/zero-bubble.test.ts
 */
export function zeroBubbleVSeconds(pipeline: EvenPipeline): number {
  const {stages: p, microbatches: m, forward: f, backwardInput: b, backwardWeight: w} = pipeline;
  const {firstForward, lastBackwardWeight} = pipeline;
  const firstBackward = pipeline.firstBackwardInput + pipeline.firstBackwardWeight;
  const last = pipeline.lastForward + pipeline.lastBackwardInput + lastBackwardWeight;
  const ends = firstForward + firstBackward + last;
  const work = 2 * m * (f + b + w);
  if (p === 1) return work + m * ends;
  const n = p - 1;
  const exposedSend = pipeline.send * (1 - pipeline.sendOverlap);
  const latency = pipeline.send * pipeline.sendOverlap;
  // Stages between the ends send four messages for a micro-batch; either end two, for it holds neighbours.
  const messages = (p > 2 ? 4 : 2) * m * exposedSend;
  const bubble = m < 2 * p - 1 ? unfilledSeconds(pipeline) : filledSeconds(pipeline);
  // The first device holds both ends of the model.
  const throughFirst =
    m * ends +
    Math.max(
      0,
      (p - 2) * w - p * firstBackward - lastBackwardWeight,
      n * b - p * w - n * firstBackward - lastBackwardWeight,
    );
  return work + 4 * n * latency + Math.max(messages + bubble + ends, 2 * m * exposedSend + throughFirst);
}

/** Time beyond the work, once there are enough micro-batches to fill the V. Exact. */
function filledSeconds({stages: p, forward: f, backwardInput: b, backwardWeight: w}: EvenPipeline): number {
  const n = p - 1;
  return Math.max(
    n * b,
    f + (p - 2) * w,
    b + (p - 2) * w,
    (2 * p - 3) * f - (p - 2) * b,
    2 * n * (b - w),
    2 * n * f - n * b - w,
    2 * n * f - (2 * p - 1) * w,
    (2 * p - 3) * f + b - 2 * n * w,
  );
}

/** With too few micro-batches to fill the V, it is the way through the whole model that counts. */
function unfilledSeconds(pipeline: EvenPipeline): number {
  const {stages: p, microbatches: m, forward: f, backwardInput: b, backwardWeight: w} = pipeline;
  const missing = 2 * p - 1 - m;
  return Math.max(
    2 * (p - 1) * b + 2 * Math.max(0, p - m) * f - 2 * Math.max(0, m - p) * w,
    missing * (f + b),
    2 * (p - 1) * f - Math.max(0, m - 2) * b,
  );
}
