import {passTerm} from '../cost/layers/pass-times.js';
import type {passPartNames, StepParts} from '../cost/step.js';
import type {SoftwareStack} from '../frameworks/stack.js';
import {optimizerIsOffloaded} from '../layout/layout.js';
import {factsOfSchedule} from '../layout/schedules.js';
import type {Seconds} from '../units/quantities.js';
import {type PerStepInput, perStepTimes} from './once-per-step.js';
import {busiestClass, type ClassPasses, type LayoutPasses} from './passes.js';
import {pipelineTimes} from './pipeline-times.js';
import type {PipelineChoice} from './stages/stage-classes.js';

/** Passes of a pipeline and the messages between its stages. */
export interface PipelinePasses {
  readonly layout: PipelineChoice;
  readonly passes: LayoutPasses;
  readonly numMicrobatches: number;
  /** One message between stages. */
  readonly boundarySeconds: number;
}

/** Parts that the passes of micro-batches are made of, but for what is offloaded. */
export type PassParts = Pick<StepParts, (typeof passPartNames)[number]>;

/** The busiest stage, the bubble and messages around it. */
export function passParts(software: SoftwareStack, pipelined: PipelinePasses): PassParts {
  const {numMicrobatches: m, layout, passes, boundarySeconds: send} = pipelined;
  const busiest: ClassPasses = busiestClass(passes.classes);
  const times = busiest.times;
  const each = (seconds: number) => (m * seconds) as Seconds;
  const pipeline = pipelineTimes(layout, {
    numMicrobatches: m,
    first: passes.first,
    middle: passes.middle,
    last: passes.last,
    busiest: m * busiest.seconds,
    send,
    sendOverlap: sendOverlap(software, layout),
    forwardBackwardOverlap: forwardBackwardOverlap(busiest),
  });
  return {
    forward: each(times[passTerm.forward]),
    backward: each(times[passTerm.backwardInput] + times[passTerm.backwardWeight]),
    recompute: each(times[passTerm.recompute]),
    launch: each(times[passTerm.launchForward] + times[passTerm.launchBackward]),
    tensorCommunication: each(times[passTerm.tensorForward] + times[passTerm.tensorBackward]),
    contextCommunication: each(times[passTerm.contextForward] + times[passTerm.contextBackward]),
    // Pairs hide all-to-alls, and nothing else: see `forwardBackwardOverlap`.
    expertCommunication: Math.max(
      0,
      m * (times[passTerm.expertForward] + times[passTerm.expertBackward]) - pipeline.hidden,
    ) as Seconds,
    pipelineCommunication: pipeline.communication as Seconds,
    pipelineBubble: pipeline.bubble as Seconds,
  };
}

/** Share of a message between stages that leaves the sender free to compute. */
export function sendOverlap({overlap}: SoftwareStack, {schedule}: PipelineChoice): number {
  return factsOfSchedule(schedule).overlapsMessages ? overlap.pipeline : 0;
}

/** What `stepParts` reads of an estimate. */
export interface StepContext extends PerStepInput {
  /** Adding up the gradients of a tied embedding. */
  readonly tiedSeconds: number;
}

/** The parts of a step on the critical path: its passes, and what comes once a step. */
export function stepParts(context: StepContext, passed: PassParts): StepParts {
  const {numMicrobatches: m, layout, cluster} = context;
  const once = perStepTimes(context);
  const offloaded = optimizerIsOffloaded(layout);
  return {
    forward: passed.forward,
    backward: passed.backward,
    recompute: passed.recompute,
    launch: passed.launch,
    tensorCommunication: passed.tensorCommunication,
    contextCommunication: passed.contextCommunication,
    expertCommunication: passed.expertCommunication,
    pipelineCommunication: passed.pipelineCommunication,
    pipelineBubble: passed.pipelineBubble,
    gradientReduction: (once.gradientReduction + context.tiedSeconds) as Seconds,
    parameterGather: once.parameterGather as Seconds,
    optimizer: (offloaded ? 0 : once.optimizer) as Seconds,
    offload: ((offloaded ? once.optimizer : 0) + m * once.activationOffload) as Seconds,
    stepOverhead: cluster.software.stepOverhead,
  };
}

/**
 * Share of the shorter pass that overlapped forward and backward passes hide: the all-to-alls of one under
 * the compute of the other. DeepSeek-V3, arXiv 2412.19437 sec. 3.2.1.
 */
export function forwardBackwardOverlap({times, forwardSeconds, backwardSeconds}: ClassPasses): number {
  const expertForward = times[passTerm.expertForward];
  const expertBackward = times[passTerm.expertBackward];
  const hidden =
    Math.min(expertForward, backwardSeconds - expertBackward) +
    Math.min(expertBackward, forwardSeconds - expertForward);
  return Math.min(1, hidden / Math.min(forwardSeconds, backwardSeconds));
}
