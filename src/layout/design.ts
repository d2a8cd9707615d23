import type {Precision} from '../cluster/accelerator.js';
import type {Plan} from './plan.js';

/**
 * A plan with one value of everything that its search section opens beside the layout. A plan that opens
 * nothing more has one design, without choices.
 */
export interface Design {
  readonly choices: DesignChoices;
  readonly plan: Plan;
}

/** What tells a design from the others of its plan; only what is open has a key. */
export interface DesignChoices {
  readonly hardware?: string;
  /** Where it is stated beside the hardware. */
  readonly software?: string;
  /** Of all replicas, as the global batch is. */
  readonly nodes?: number;
  readonly devices?: number;
  /** Nodes of the plan's cluster that are left out, where `nodes` are fewer than it has. */
  readonly spareNodes?: number;
  /** Sequences. */
  readonly globalBatch?: number;
  readonly sequenceLength?: number;
  readonly precision?: Precision;
  /** Of DiLoCo; none: ordinary data parallel. */
  readonly replicas?: number | 'none';
  readonly innerSteps?: number;
  readonly fragments?: number;
  /** Where the outer level needs others than the plan's to reach the same loss. */
  readonly tokens?: number;
}

/** Choices that do not go together, such as a precision that the device does not have. */
export interface ImpossibleDesign {
  readonly choices: DesignChoices;
  readonly reason: string;
}

/** Everything that a plan leaves open beside its layout, in the order of its search section. */
export interface DesignSpace {
  readonly designs: readonly Design[];
  readonly impossible: readonly ImpossibleDesign[];
}
