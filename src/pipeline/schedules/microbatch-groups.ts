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
