import type {StepWork} from './baselines/step-work.js';
import type {MeasuredFigures, Measurement} from './rows/measurement.js';

/** One row of a table of measurements with what was predicted for it. */
export type ValidationRow = PredictedRow | SkippedRow;

export interface PredictedRow {
  readonly status: 'predicted';
  readonly id: string;
  /** Source that the id starts with. */
  readonly source: string;
  /** Rows of one sweep vary the layout of one job. */
  readonly sweep: string;
  /** Everything that the prediction sees: rows of a sweep with equal ones repeat each other. */
  readonly configuration: string;
  readonly framework: string;
  /** The step time of a row of low confidence is predicted and not counted. */
  readonly confidence: Measurement['confidence'];
  readonly hardware: string;
  readonly software: string;
  /** What baselines predict from. */
  readonly work: StepWork;
  /** What the row leaves open and was taken as something. */
  readonly assumptions: readonly string[];
  readonly measured: MeasuredFigures;
  readonly predicted: PredictedFigures;
}

export interface SkippedRow {
  readonly status: 'skipped';
  readonly id: string;
  readonly source: string;
  readonly reason: string;
}

export interface PredictedFigures {
  readonly stepSeconds: number;
  readonly stepSecondsP10: number;
  readonly stepSecondsP90: number;
  /** Allocated on the fullest stage. */
  readonly peakMemoryBytes: number;
  readonly peakMemoryBytesP10: number;
  readonly peakMemoryBytesP90: number;
  readonly reservedMemoryBytes: number;
  readonly fits: boolean;
}
