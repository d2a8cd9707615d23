import type {Precision} from '../cluster/accelerator.js';
import type {Plan} from './plan.js';

/**
 * A plan with one value for every open field outside the layout. A plan that opens no such field has one variant,
 * without choices.
 */
export interface PlanVariant {
  readonly choices: VariantChoices;
  readonly plan: Plan;
}

/** Values of the open fields of a variant; only open fields have a key. */
export interface VariantChoices {
  readonly hardware?: string;
  /** Stack that the search section states with the hardware. */
  readonly software?: string;
  /** Nodes of all replicas. */
  readonly nodes?: number;
  readonly devices?: number;
  /** Nodes of the plan's cluster that are left idle. */
  readonly spareNodes?: number;
  /** Sequences of all replicas. */
  readonly globalBatch?: number;
  readonly sequenceLength?: number;
  readonly precision?: Precision;
  /** Replicas of DiLoCo; none: ordinary data parallel. */
  readonly replicas?: number | 'none';
  readonly innerSteps?: number;
  readonly fragments?: number;
  /** Tokens that reach the loss of data parallel, if they differ from those of the plan. */
  readonly tokens?: number;
}

/** Choices that exclude each other, such as a precision that the device does not have. */
export interface InfeasibleVariant {
  readonly choices: VariantChoices;
  readonly reason: string;
}

/** All variants of a plan, in the order of its search section. */
export interface PlanVariants {
  readonly variants: readonly PlanVariant[];
  readonly infeasible: readonly InfeasibleVariant[];
}
