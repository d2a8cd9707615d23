import type {Cluster} from '../cluster/cluster.js';
import type {NarrowableField} from '../layout/fields.js';
import type {Layout} from '../layout/layout.js';
import type {Transformer} from '../model/transformer.js';
import type {BytesPerSecond, Seconds, Usd} from '../units/quantities.js';
import type {Formula} from './formula.js';
import type {Operation} from './operation.js';
import type {DilocoChoices, Scaling} from './scaling.js';
import type {Training} from './training.js';

/** Model, cluster and training, what is pinned of the layout, and what is wanted of the run. */
export interface Plan {
  readonly name: string;
  readonly model: Transformer;
  /** Cluster of one replica if `diloco` is set, as are the global batch and the layout. */
  readonly cluster: Cluster;
  readonly training: Training;
  /** What the plan fixes; the planner chooses the rest. */
  readonly pins: Partial<Layout>;
  /** Values that the planner may choose from, where the plan narrows them. */
  readonly narrowed: Narrowed;
  readonly goal: Goal;
  /** Null: ordinary data parallel. */
  readonly diloco: Diloco | null;
  /** Null: the default law of `lawOfPlan`. */
  readonly loss: LossChoice | null;
  /** Model sizes and batches of `scale`; null: not specified. */
  readonly scaling: Scaling | null;
  /** Values that the search may choose; null: those of `diloco` alone. */
  readonly dilocoChoices: DilocoChoices | null;
  readonly operation: Operation;
  /** Values outside the layout that the plan does not state and that its answer depends on. */
  readonly defaults: readonly PlanDefault[];
  /** Values that were rounded when the file was read, as sentences. */
  readonly assumptions: readonly string[];
}

/** A value that a plan does not state. */
export interface PlanDefault {
  /** Field of the plan, such as `training.precision`. */
  readonly path: string;
  /** The value as the plan file would state it. */
  readonly value: unknown;
  /** Name of the framework whose default it is, or `walltime`. */
  readonly from: string;
}

/** Per field of the layout either the allowed values or bounds on them. */
export type Narrowed = Readonly<Partial<Record<NarrowableField, NarrowedValues>>>;
export type NarrowedValues = readonly number[] | {readonly min: number; readonly max: number};

/** `memory`: the share of a device's memory that is used, for the largest headroom. */
export const minimizable = ['time', 'cost', 'energy', 'memory', 'loss'] as const;

/** What the run is to be good at, and what it may not exceed; null: no limit. */
export interface Goal {
  readonly minimize: (typeof minimizable)[number];
  readonly deadline: Seconds | null;
  readonly budget: Usd | null;
  /** Largest final loss, in the unit of the plan's law. */
  readonly loss: number | null;
}

/** The loss law of a plan: a published one by its name, or the user's own formula. */
export type LossChoice = {readonly law: string} | OwnLoss;

/** A loss law as a user writes it: a formula over N and D and its constants by name. */
export interface OwnLoss {
  readonly expression: string;
  readonly constants: Readonly<Record<string, LossConstant>>;
  /** The expression, parsed. */
  readonly formula: Formula;
}

/** A constant of the user's formula; a standard error of null is not known. */
export interface LossConstant {
  readonly value: number;
  readonly standardError: number | null;
}

/** Replicas that train apart and exchange pseudo-gradients every `innerSteps` steps. */
export interface Diloco {
  readonly replicas: number;
  readonly innerSteps: number;
  /** Above 1, the exchange is split into this many parts that take turns (streaming). */
  readonly fragments: number;
  /** Inner steps that an exchange may take while training goes on. */
  readonly overlapSteps: number;
  /** Bits of an exchanged element. */
  readonly outerBits: number;
  /** Link between two replicas; null: the outermost level of the cluster. */
  readonly link: Link | null;
}

/** A link between two sites, one direction. */
export interface Link {
  readonly bandwidth: BytesPerSecond;
  readonly latency: Seconds;
}

/** Copies of the cluster that train the plan together: 1 without `diloco`. */
export function numReplicas({diloco}: Pick<Plan, 'diloco'>): number {
  return diloco?.replicas ?? 1;
}

/** Devices of all replicas. */
export function numDevicesOf({cluster, diloco}: Pick<Plan, 'cluster' | 'diloco'>): number {
  return cluster.numDevices * numReplicas({diloco});
}
