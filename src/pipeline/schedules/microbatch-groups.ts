import type {Layout} from '../../layout/layout.js';
import type {PipelineShape} from './pipeline-shape.js';

/**
 * The fewest micro-batches, and no fewer than stages, that a chunk works through before its turn ends,
 * such that the last group is not smaller than the pipeline is long: the groups that Megatron-LM takes
 * without bubbles between them.
 *
 * @see NVIDIA/Megatron-LM, megatron/core/pipeline_parallel/schedules.py, microbatch_group_size_per_vp_stage
 */
export function groupSize({stages, microbatches}: PipelineShape): number {
  if (microbatches <= stages) return microbatches;
  for (let size = stages; ; size += 1) {
    const rest = microbatches % size;
    if (rest === 0 || rest >= stages) return size;
  }
}

/** Micro-batches whose backward passes through a chunk follow each other: chunks that take turns work through groups. */
export function microbatchesInTurn(
  {schedule, pipeline, virtualStages}: Pick<Layout, 'schedule' | 'pipeline' | 'virtualStages'>,
  microbatches: number,
): number {
  if (schedule !== 'interleaved' || virtualStages === 1) return 1;
  return groupSize({stages: pipeline, virtualStages, microbatches});
}
