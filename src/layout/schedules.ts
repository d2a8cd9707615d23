import type {Layout, ScheduleName} from './layout.js';

/** What layouts, search and exporters need to know of a schedule; its order of passes is in src/pipeline. */
export interface ScheduleFacts {
  /** Model chunks on one device; `virtual-stages`: as many as the layout states. */
  readonly chunksPerStage: number | 'virtual-stages';
  /** Copies of the model's chunks that the pipeline holds: 2 where micro-batches enter from both ends. */
  readonly directions: 1 | 2;
  /** A forward pass runs together with a backward pass and hides its all-to-alls. */
  readonly overlapsForwardBackward: boolean;
  /** Every stage waits for whole passes through the others, first and last. */
  readonly fillsAndDrains: boolean;
  /** Gradients of weights are passes by themselves. */
  readonly splitsBackward: boolean;
  /** Messages between stages are under way while the stages compute; where not, each is waited for. */
  readonly overlapsMessages: boolean;
  /** Why the schedule cannot run with this many stages; null where it can. */
  readonly stagesProblem: (stages: number) => string | null;
  /** Why the schedule cannot run this many micro-batches; null where it can. */
  readonly microbatchesProblem: (stages: number, microbatches: number) => string | null;
}

const noProblem = () => null;

const oneChunk = {
  chunksPerStage: 1,
  directions: 1,
  overlapsForwardBackward: false,
  fillsAndDrains: true,
  overlapsMessages: true,
  splitsBackward: false,
  stagesProblem: noProblem,
  microbatchesProblem: noProblem,
} as const;

const scheduleFacts = {
  gpipe: oneChunk,
  /** NVIDIA/Megatron-LM at d98e8a6, megatron/training/arguments.py:1010; PyTorch and DeepSpeed wait likewise. */
  '1f1b': {...oneChunk, overlapsMessages: false},
  interleaved: {...oneChunk, chunksPerStage: 'virtual-stages'},
  'zb-h1': {...oneChunk, fillsAndDrains: false, splitsBackward: true},
  'zb-v': {...oneChunk, chunksPerStage: 2, fillsAndDrains: false, splitsBackward: true},
  /** Micro-batches enter in pairs, from both ends. DeepSeek-V3, arXiv 2412.19437 sec. 3.2.1. */
  dualpipe: {
    chunksPerStage: 2,
    directions: 2,
    overlapsForwardBackward: true,
    fillsAndDrains: false,
    overlapsMessages: true,
    splitsBackward: true,
    stagesProblem: stages =>
      stages % 2 === 0
        ? null
        : `dualpipe feeds micro-batches from both ends and needs an even number of stages, not ${stages}`,
    microbatchesProblem: (stages, microbatches) =>
      microbatches % 2 === 0 && microbatches >= 2 * stages
        ? null
        : `dualpipe needs an even number of micro-batches, at least 2 x pipeline ${stages} = ${2 * stages}, and there are ${microbatches}`,
  },
} as const satisfies Record<ScheduleName, ScheduleFacts>;

/** Facts of a schedule as those of any schedule. */
export function factsOfSchedule(name: ScheduleName): ScheduleFacts {
  return scheduleFacts[name];
}

/** Why a schedule cannot run a shape; null where it can. */
export function scheduleProblem(
  name: ScheduleName,
  {stages, microbatches}: {readonly stages: number; readonly microbatches: number},
): string | null {
  const facts = factsOfSchedule(name);
  return facts.stagesProblem(stages) ?? facts.microbatchesProblem(stages, microbatches);
}

/** Distinct model chunks in all: pipeline x chunks of a stage, over the directions that share them. */
export function numModelChunks({
  pipeline,
  schedule,
  virtualStages,
}: Pick<Layout, 'pipeline' | 'schedule' | 'virtualStages'>): number {
  const {chunksPerStage, directions} = factsOfSchedule(schedule);
  return (pipeline * (chunksPerStage === 'virtual-stages' ? virtualStages : chunksPerStage)) / directions;
}
