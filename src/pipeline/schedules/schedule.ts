import type {ScheduleName} from '../../layout/layout.js';
import type {EvenPipeline} from '../closed-forms/even-pipeline.js';
import type {PipelineShape} from './pipeline-shape.js';
import type {Placement} from './placement.js';
import type {Program} from './program.js';

/** A pipeline schedule: placement of chunks, order of passes on each device, and closed forms. */
export interface Schedule {
  readonly name: ScheduleName;
  /** Chunks of the model on one device. */
  numChunks(virtualStages: number): number;
  placement(shape: PipelineShape): Placement;
  program(device: number, shape: PipelineShape): Program;
  /** Closed form of the time from the first pass to the last, seconds. Allocates nothing. */
  seconds(pipeline: EvenPipeline): number;
  /** Closed form of the most passes through a chunk whose activations a device holds at once. */
  inFlight(device: number, shape: PipelineShape): number;
}
