import type {CollectiveRow} from '../collective-rows/collective-row.js';
import type {KernelRow} from '../kernel-rows/kernel-row.js';

/** A measured kernel or collective. */
export type OperatorRow = KernelRow | CollectiveRow;

/** A row, and why it cannot be used where a cell of it cannot be read. */
export interface ReadOperator {
  readonly row: OperatorRow;
  readonly unreadable: string | null;
}

/** A row of a table of kernels or collectives with what the model gives for it. */
export type OperatorResult = PredictedOperator | SkippedOperator;

interface OperatorName {
  readonly id: string;
  readonly kind: OperatorRow['kind'];
  /** As the table names them. */
  readonly op: string;
  readonly hardware: string;
}

export interface PredictedOperator extends OperatorName {
  readonly status: 'predicted';
  /** Hardware profile that it was priced on. */
  readonly profile: string;
  readonly measuredSeconds: number;
  readonly predictedSeconds: number;
}

export interface SkippedOperator extends OperatorName {
  readonly status: 'skipped';
  readonly reason: string;
  /** Null: the table states no time. */
  readonly measuredSeconds: number | null;
  /** Left out for a flag or for its confidence, not for want of a model. */
  readonly isDistrusted: boolean;
}
