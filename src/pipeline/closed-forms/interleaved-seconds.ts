import {groupSize} from '../schedules/microbatch-groups.js';
import type {EvenPipeline} from './even-pipeline.js';
import {oneFOneBSeconds} from './one-f-one-b-seconds.js';

/**
 * Time of interleaved 1F1B, seconds.
 *
 * With equal chunks (m v + p - 1)(f + b) of a chunk's passes: the bubble of 1F1B over the virtual stages.
 * Uneven ends: the longest of the paths through the last device, a middle one, and the first one.
 * Messages that hide are paid for on the way down and up the whole model once.
 *
 * Equal to the simulation for equal chunks without messages, whatever the number of micro-batches, and
 * for a multiple of the stages with hidden messages of up to half a pass. Else an estimate: 0.3 % off on
 * average, and 10 % at worst, over random pipelines.
 *
 * @see Narayanan et al. 2021 (arXiv 2104.04473) sec. 2.2.2 for equal chunks; the ends are derived here and
 *   held against the simulation in test/pipeline/interleaved.test.ts
 */
export function interleavedSeconds(pipeline: EvenPipeline): number {
  const {stages: p, virtualStages: v, microbatches: m} = pipeline;
  if (v === 1) return oneFOneBSeconds(pipeline);
  const group = groupSize(pipeline);
  const exposedSend = p > 1 ? pipeline.send * (1 - pipeline.sendOverlap) : 0;
  const latency = p > 1 ? pipeline.send * pipeline.sendOverlap : 0;
  const f = pipeline.forward + exposedSend;
  const b = pipeline.backwardInput + pipeline.backwardWeight + exposedSend;
  const firstForward = pipeline.firstForward;
  // The last chunk sends nothing on, the first one nothing back.
  const firstBackward = pipeline.firstBackwardInput + pipeline.firstBackwardWeight - exposedSend;
  const lastForward = pipeline.lastForward - exposedSend;
  const lastBackward = pipeline.lastBackwardInput + pipeline.lastBackwardWeight;
  const work = m * v * (f + b);
  if (p === 1) return work + m * (firstForward + firstBackward + lastForward + lastBackward);
  const fill =
    fillSeconds(pipeline, group, f, firstForward, latency) +
    fillSeconds(pipeline, group, b, firstBackward, latency);
  const throughLast = work + (p - 1) * (f + b) + m * (lastForward + lastBackward) + fill;
  const throughMiddle = p > 2 ? work + (p - 2) * (f + b) + fill : 0;
  // The first device may idle while the pipeline turns, when one kind of pass is longer than the other.
  const turnForward = m * firstForward + (firstBackward > 0 ? group : m) * firstBackward + (p - 1) * (f - b);
  const turnBackward = m * firstBackward + (firstForward > 0 ? group : m) * firstForward + (p - 1) * (b - f);
  const throughFirst =
    work + Math.max(m * (firstForward + firstBackward), m >= p ? Math.max(turnForward, turnBackward) : 0);
  return Math.max(throughLast, throughMiddle, throughFirst + 2 * (p - 1) * latency);
}

/**
 * What the first chunk and the messages add on the way down through all chunks.
 *
 * The last micro-batch of a group waits for the others on the first chunk. The first one waits at each
 * turn from the last device back to the first, for its messages and where a group is smaller than the
 * pipeline is long.
 */
function fillSeconds(
  {stages, virtualStages}: EvenPipeline,
  group: number,
  pass: number,
  first: number,
  latency: number,
): number {
  const turn = Math.max(0, stages * latency - (group - stages) * pass);
  return (stages - 1) * latency + Math.max(group * first, first + turn) + (virtualStages - 2) * turn;
}
