/** A 1F1B pipeline whose stages differ in any way. */
export interface UnevenPipeline {
  readonly microbatches: number;
  /** Seconds of one micro-batch through each stage, forward and backward. */
  readonly forward: readonly number[];
  readonly backward: readonly number[];
  /** One message between neighbouring stages: latency and transfer. */
  readonly send: number;
  /** Share of a message, 0 to 1, that leaves the sender free to compute. */
  readonly sendOverlap: number;
}

/**
 * Time of 1F1B over stages of any lengths, seconds, in about as many steps as there are stages.
 *
 * The longest path goes down to some stage, works through its passes and comes up again. While that
 * stage warms up, the path may instead go on down to a deeper one and back, and there wait for the
 * slowest forward pass above; likewise in cool-down.
 *
 * Equal to the simulation for any stages when messages do not hide (`sendOverlap` 0); with hidden ones
 * never above it.
 */
export function unevenOneFOneBSeconds(pipeline: UnevenPipeline): number {
  const p = pipeline.forward.length;
  let once = 0;
  for (let stage = 0; stage < p; stage += 1) once += bothPasses(pipeline, stage);
  const atOneStage = bottleneckSeconds(pipeline, once);
  return latencyOf(pipeline) === 0 ? atOneStage : Math.max(atOneStage, roundTripSeconds(pipeline, once));
}

/** @param once all passes of one micro-batch, seconds */
function bottleneckSeconds(pipeline: UnevenPipeline, once: number): number {
  const {microbatches: m, forward} = pipeline;
  const p = forward.length;
  const latency = latencyOf(pipeline);
  /** All passes down to `stage` and up again. */
  let down = once + 2 * (p - 1) * latency;
  let slowestForward = p;
  let slowestBackward = p;
  let deepestWarmUp = 0;
  let deepestCoolDown = 0;
  let longest = 0;
  for (let stage = p - 1; stage >= 0; stage -= 1) {
    // The slowest stage from the first one to this one; searched again only when the loop passes it.
    if (slowestForward > stage) slowestForward = slowestUpTo(pipeline, stage, forwardPass);
    if (slowestBackward > stage) slowestBackward = slowestUpTo(pipeline, stage, backwardPass);
    const f = forwardPass(pipeline, slowestForward);
    const b = backwardPass(pipeline, slowestBackward);
    const both = bothPasses(pipeline, stage);
    const warmUp = Math.min(m - 1, p - 1 - stage);
    deepestWarmUp = Math.max(deepestWarmUp, down + warmUp * f);
    deepestCoolDown = Math.max(deepestCoolDown, down + warmUp * b);
    const steady = down - both + (m - warmUp) * both;
    const ways =
      m - warmUp === 1
        ? Math.max(deepestWarmUp + warmUp * b, deepestCoolDown + warmUp * f) - down
        : deepestWarmUp + deepestCoolDown - 2 * down;
    longest = Math.max(longest, steady + ways);
    down -= both + 2 * latency;
  }
  return longest;
}

/** As few trips to the last stage and back as there can be; one of them turns early to use up the rest. */
function roundTripSeconds(pipeline: UnevenPipeline, once: number): number {
  const {microbatches: m, forward} = pipeline;
  const p = forward.length;
  const visits = m + p - 1;
  const trips = Math.ceil(visits / p);
  if (trips === 1) return 0;
  const left = trips * p - visits;
  let head = 0;
  let tail = 0;
  for (let stage = 0; stage < left; stage += 1) {
    head += bothPasses(pipeline, stage);
    tail += bothPasses(pipeline, p - 1 - stage);
  }
  const saved = trips > 2 ? Math.min(head, tail) : head;
  return trips * once - saved + 2 * (visits - trips) * latencyOf(pipeline);
}

/** Part of a message that leaves the sender free, and that the receiver waits for all the same. */
function latencyOf({send, sendOverlap}: UnevenPipeline): number {
  return send * sendOverlap;
}

/** With the part of its message that keeps the stage; the last stage sends nothing on. */
function forwardPass({forward, send, sendOverlap}: UnevenPipeline, stage: number): number {
  return (forward[stage] as number) + (stage === forward.length - 1 ? 0 : send * (1 - sendOverlap));
}

/** With the part of its message that keeps the stage; the first stage sends nothing back. */
function backwardPass({backward, send, sendOverlap}: UnevenPipeline, stage: number): number {
  return (backward[stage] as number) + (stage === 0 ? 0 : send * (1 - sendOverlap));
}

function bothPasses(pipeline: UnevenPipeline, stage: number): number {
  return forwardPass(pipeline, stage) + backwardPass(pipeline, stage);
}

function slowestUpTo(
  pipeline: UnevenPipeline,
  last: number,
  pass: (pipeline: UnevenPipeline, stage: number) => number,
): number {
  let found = 0;
  for (let stage = 1; stage <= last; stage += 1) {
    if (pass(pipeline, stage) > pass(pipeline, found)) found = stage;
  }
  return found;
}
