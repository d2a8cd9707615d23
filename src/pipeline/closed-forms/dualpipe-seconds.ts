import type {EvenPipeline} from './even-pipeline.js';

/**
 * Time of DualPipe, seconds: the longest of the paths that may be it, each a sum of counted passes.
 *
 * Published is a bubble of (p/2 - 1)(F&B + B - 3W), where B is both gradients and F&B an overlapped pair.
 * That is what comes out where the forward pass takes as long as the gradient of the input, and that of
 * the weights no longer; else the halves of a pair wait for each other, for up to (p/2 - 1)|F - B| in all.
 *
 * Equal to the simulation for equal chunks and free messages. Else an estimate: 0.6 % off on average, and
 * 10 % at worst, over random pipelines.
 *
 * @see DeepSeek-V3 (arXiv 2412.19437) table 2; the rest is derived here and held against the simulation
 *   in test/pipeline/dualpipe.test.ts
 */
export function dualPipeSeconds(pipeline: EvenPipeline): number {
  const {stages: p, microbatches: m, backwardWeight: w} = pipeline;
  const {firstForward, lastForward, lastBackwardInput, lastBackwardWeight} = pipeline;
  const firstBackward = pipeline.firstBackwardInput + pipeline.firstBackwardWeight;
  const last = lastForward + lastBackwardInput + lastBackwardWeight;
  const exposedSend = pipeline.send * (1 - pipeline.sendOverlap);
  const latency = pipeline.send * pipeline.sendOverlap;
  const f = pipeline.forward + exposedSend;
  const b = pipeline.backwardInput + exposedSend;
  const hidden = pipeline.forwardBackwardOverlap * Math.min(pipeline.forward, pipeline.backwardInput + w);
  const pair = f + b + w - hidden;
  const h = p / 2 - 1;
  // The ends of the pipeline, and both stages of one of two, send half as much as the stages between.
  const quiet = p === 2 ? m - 2 : h;
  const even =
    (m - h - 3) * pair +
    (((p - 1) / p) * m + Math.max(1, p - 2)) * latency +
    Math.max(
      3 * (h + 1) * f + (h + 3) * (b + w) - (quiet + 2) * exposedSend,
      3 * (h + 1) * f + (2 * h + 3) * b + 3 * w + h * latency - (quiet + 3) * exposedSend,
      p * f + 3 * (h + 1) * b + 3 * w + 2 * h * latency - (quiet + 4) * exposedSend,
      p * f + (2 * h + 3) * b + (h + 3) * w + h * latency - (quiet + 3) * exposedSend,
    );
  // Either end of the pipeline holds both ends of the model, each for half of the micro-batches.
  const steady = m / 2 - p + 1;
  const pairsOfFirst = 2 * steady + h - (p === 2 ? 1 : 0);
  const hiddenOfFirst =
    (pipeline.forwardBackwardOverlap / 2) *
    (Math.min(
      pipeline.forward + firstForward,
      pipeline.backwardInput + w + lastBackwardInput + lastBackwardWeight,
    ) +
      Math.min(pipeline.forward + lastForward, pipeline.backwardInput + w + firstBackward));
  const ends = firstForward + firstBackward + last;
  const throughFirst = m * (f + b + w - exposedSend) - pairsOfFirst * hiddenOfFirst + (m / 2) * ends;
  const throughMiddle = even + steady * (ends - 2 * (hiddenOfFirst - hidden)) + h * firstBackward;
  return Math.max(throughFirst, throughMiddle);
}
