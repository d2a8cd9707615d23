import type {EvenPipeline} from './even-pipeline.js';

/**
 * Time of 1F1B, seconds: its longest path, found without walking the passes.
 *
 * With equal stages and messages that cost nothing it is (m + p - 1)(f + b). In general a path goes
 * down the stages by forward passes, turns, and comes up by backward passes, again and again, and the
 * candidates are the paths that stay at one stage (`bottleneckSeconds`) and, where messages hide behind
 * compute but still take their time, those that make few and wide round trips (`roundTripSeconds`).
 *
 * Equal to the simulation for equal stages with any messages, and for any ends when messages do not hide
 * (`sendOverlap` 0). For uneven ends with hidden messages never above it, and within 2 % below.
 *
 * @see Narayanan et al. 2021 (arXiv 2104.04473) sec. 2.2.1 for equal stages; the rest is derived here
 *   and held against the simulation in test/pipeline/one-f-one-b.test.ts
 */
export function oneFOneBSeconds(pipeline: EvenPipeline): number {
  const {stages: p, microbatches: m} = pipeline;
  if (p === 1) return m * (endForward(pipeline, 0) + endBackward(pipeline, 0));
  let longest = Math.max(bottleneckSeconds(pipeline, 0), bottleneckSeconds(pipeline, p - 1));
  if (p > 2) longest = Math.max(longest, bottleneckSeconds(pipeline, 1), bottleneckSeconds(pipeline, p - 2));
  if (p - m > 1) longest = Math.max(longest, bottleneckSeconds(pipeline, p - m));
  if (m === 1 || latencyOf(pipeline) === 0) return longest;
  // As few round trips as there can be; one for each micro-batch; and as few as leave out one end, or both.
  const visits = m + p - 1;
  longest = Math.max(longest, roundTripSeconds(pipeline, Math.max(2, Math.ceil(visits / p))));
  longest = Math.max(longest, roundTripSeconds(pipeline, m));
  if (p === 2) return longest;
  for (let less = 0; less < 2; less += 1) {
    longest = Math.max(
      longest,
      roundTripSeconds(pipeline, Math.ceil((visits - 3) / (p - 2)) - less),
      roundTripSeconds(pipeline, Math.ceil((visits - 2) / (p - 1)) - less),
      roundTripSeconds(pipeline, Math.ceil((visits - 1) / (p - 1)) - less),
    );
  }
  return longest;
}

/** Part of a message that leaves the sender free, and that the receiver waits for all the same. */
function latencyOf({send, sendOverlap}: EvenPipeline): number {
  return send * sendOverlap;
}

/** Forward pass of a stage, with the part of its message that keeps it. */
function endForward(pipeline: EvenPipeline, stage: number): number {
  const last = stage === pipeline.stages - 1;
  return (
    pipeline.forward +
    (stage === 0 ? pipeline.firstForward : 0) +
    (last ? pipeline.lastForward : pipeline.send * (1 - pipeline.sendOverlap))
  );
}

/** Backward pass of a stage, with the part of its message that keeps it. */
function endBackward(pipeline: EvenPipeline, stage: number): number {
  const last = stage === pipeline.stages - 1;
  return (
    pipeline.backwardInput +
    pipeline.backwardWeight +
    (stage === 0
      ? pipeline.firstBackwardInput + pipeline.firstBackwardWeight
      : pipeline.send * (1 - pipeline.sendOverlap)) +
    (last ? pipeline.lastBackwardInput + pipeline.lastBackwardWeight : 0)
  );
}

/** Both passes of a stage. */
function bothPasses(pipeline: EvenPipeline, stage: number): number {
  return endForward(pipeline, stage) + endBackward(pipeline, stage);
}

/** Down from stage `from` to `to` and back up to `from`, without the passes of `from` itself. */
function thereAndBack(pipeline: EvenPipeline, from: number, to: number): number {
  if (to === from) return 0;
  const last = to === pipeline.stages - 1;
  const between = to - from - (last ? 1 : 0);
  const middle = between > 0 ? between * bothPasses(pipeline, to - (last ? 1 : 0)) : 0;
  return middle + (last ? bothPasses(pipeline, to) : 0) + 2 * (to - from) * latencyOf(pipeline);
}

/**
 * The longest path that works through `stage`: down to it, through its passes, and up again.
 *
 * In warm-up and in cool-down, where the stage has one kind of pass to do, the path may leave it
 * for the stages below, or be held up by a slower stage above.
 */
function bottleneckSeconds(pipeline: EvenPipeline, stage: number): number {
  const {stages: p, microbatches: m} = pipeline;
  const both = bothPasses(pipeline, stage);
  const above = thereAndBack(pipeline, 0, stage) + (stage === 0 ? 0 : bothPasses(pipeline, 0) - both);
  const warmUp = Math.min(m - 1, p - 1 - stage);
  const forward = Math.max(endForward(pipeline, 0), endForward(pipeline, stage));
  const backward = Math.max(endBackward(pipeline, 0), endBackward(pipeline, stage));
  const warmUpSeconds = fillSeconds(pipeline, stage, forward, endForward(pipeline, 1));
  const coolDownSeconds = fillSeconds(pipeline, stage, backward, endBackward(pipeline, 1));
  const steady = above + (m - warmUp) * both;
  // A single micro-batch after warm-up: the path can leave the stage once only.
  if (m - warmUp === 1)
    return steady + Math.max(warmUpSeconds + warmUp * backward, coolDownSeconds + warmUp * forward);
  return steady + warmUpSeconds + coolDownSeconds;
}

/** Longest way to pass warm-up, or cool-down, of `stage`: in place, or by the stages below to some depth. */
function fillSeconds(pipeline: EvenPipeline, stage: number, pass: number, middlePass: number): number {
  const {stages: p, microbatches: m} = pipeline;
  const inPlace = Math.min(m - 1, p - 1 - stage) * pass;
  const below = Math.max(pass, middlePass);
  let longest = inPlace;
  if (stage < p - 1) longest = Math.max(longest, thereAndBack(pipeline, stage, p - 1));
  if (stage < p - 2)
    longest = Math.max(longest, thereAndBack(pipeline, stage, p - 2) + Math.min(m - 1, 1) * below);
  if (stage < p - m && m > 1)
    longest = Math.max(longest, thereAndBack(pipeline, stage, p - m) + (m - 1) * below);
  return longest;
}

/**
 * The longest path of `trips` round trips, m + p - 1 visits of stages in all.
 *
 * Every visit to a stage but the turn costs a message down and one up. Visits that the trips leave to
 * choose go to whichever end is slower than the stages between, or avoid the one that is faster.
 */
function roundTripSeconds(pipeline: EvenPipeline, trips: number): number {
  if (trips < 2 || trips > pipeline.microbatches) return 0;
  return Math.max(tripsSeconds(pipeline, trips, 0), tripsSeconds(pipeline, trips, 1));
}

/** @param returns fewest turns at the first stage; the first trip starts and the last one ends there anyway */
function tripsSeconds(pipeline: EvenPipeline, trips: number, returns: 0 | 1): number {
  const {stages: p, microbatches: m} = pipeline;
  const visits = m + p - 1;
  const between = p - 2;
  const middle = p > 2 ? bothPasses(pipeline, 1) : 0;
  const firstGain = bothPasses(pipeline, 0) - middle;
  const lastGain = bothPasses(pipeline, p - 1) - middle;
  const least = Math.max(2, visits - 1 - trips * between);
  const most = Math.min(
    Math.floor((visits - 1 + between * (trips - 1)) / (p - 1)),
    visits - 1 - (1 + returns) * between,
  );
  let first = returns;
  let last = 2;
  const lastFirst = lastGain > firstGain;
  for (let turn = 0; turn < 2; turn += 1) {
    const atLast = (turn === 0) === lastFirst;
    const open = ((atLast ? lastGain : firstGain) > 0 ? most : least) - first - last;
    if (open <= 0) continue;
    if (atLast) last += Math.min(open, trips - last);
    else if (returns === 1) first += Math.min(open, trips - 1 - first);
  }
  if (first > trips - 1 || first + last < least || first + last > most) return 0;
  return (
    visits * middle + (1 + first) * firstGain + last * lastGain + 2 * latencyOf(pipeline) * (visits - trips)
  );
}
