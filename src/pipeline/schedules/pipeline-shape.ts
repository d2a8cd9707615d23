/** How many devices, chunks and micro-batches a schedule has to order. */
export interface PipelineShape {
  /** Devices of the pipeline. */
  readonly stages: number;
  /** Chunks of the model on a device, where the schedule leaves a choice (interleaved); else 1. */
  readonly virtualStages: number;
  readonly microbatches: number;
}
