import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../plan/plan.js';
import type {Problem} from '../../plan-file/problem.js';
import type {Simulation} from '../../report/simulation.js';
import type {PlanLoss} from '../../scaling/loss/plan-loss.js';
import type {PlanCalendar} from '../../scaling/time-aware/plan-calendar.js';
import type {Neighbour} from '../../search/neighbours.js';
import type {SearchCounts} from '../../search/search-result.js';
import type {Measure} from '../../search/sensitivity/replan.js';
import type {Sensitivity} from '../../search/sensitivity/sensitivities.js';
import type {ComparedItem, ScaleFactors} from './job.js';

/** A reply to a job. Replies come in order; a later one of the same job replaces the earlier. */
export type Reply =
  | PlanReply
  | TimelineReply
  | CalendarReply
  | CompareReply
  | TrialReply
  | SensitivityReply
  | DilocoReply
  | SizesReply
  | ReportReply;

export interface PlanReply {
  readonly kind: 'plan';
  readonly text: string;
  readonly answer: PlanAnswer | {readonly problems: readonly Problem[]};
}

export interface TimelineReply {
  readonly kind: 'timeline';
  readonly timeline: Timeline;
}

export interface CalendarReply {
  readonly kind: 'calendar';
  readonly layout: Layout;
  readonly calendar: PlanCalendar;
}

/** Items that are planned already; the next reply holds more. */
export interface CompareReply {
  readonly kind: 'compare';
  readonly text: string;
  readonly results: readonly ComparisonResult[];
}

export interface ComparisonResult {
  readonly item: ComparedItem;
  /** The best layout of the item; null if nothing fits or the item cannot be read. */
  readonly row: Row | null;
  /** Sentences on why there is no row. */
  readonly reasons: readonly string[];
}

export interface TrialReply {
  readonly kind: 'trial';
  readonly text: string;
  readonly factors: ScaleFactors;
  /** Null: nothing fits with these factors. */
  readonly row: Row | null;
}

/** Parameters that are tried already; `total` of them will be. */
export interface SensitivityReply {
  readonly kind: 'sensitivity';
  readonly text: string;
  readonly found: readonly Sensitivity[];
  readonly total: number;
  readonly measure: Measure;
}

/** Numbers of replicas that are planned already; the next reply holds more. */
export interface DilocoReply {
  readonly kind: 'diloco';
  readonly text: string;
  readonly choices: readonly DilocoChoice[];
}

/** A number of replicas with the best layout of each replica; null if nothing fits. */
export interface DilocoChoice {
  readonly replicas: number;
  readonly row: Row | null;
}

/** Best sizes found so far; `progress` is 1 in the last reply. */
export interface SizesReply {
  readonly kind: 'sizes';
  readonly text: string;
  readonly sizes: readonly BestSize[];
  readonly progress: number;
}

/** Best model for a training run of `seconds`, the rest of the plan unchanged. */
export interface BestSize {
  readonly seconds: number;
  readonly parameters: number;
  readonly tokens: number;
  readonly loss: number;
}

export interface ReportReply {
  readonly kind: 'report';
  readonly out: string;
  /** Null: the plan has no layout to report on. */
  readonly html: string | null;
}

/** The answer to a plan. A part that is null is still being computed. */
export interface PlanAnswer {
  readonly plan: Plan;
  /** Software stacks that the machine's profile names. */
  readonly stacks: readonly string[];
  /** Number formats that the device has a peak for. */
  readonly precisions: readonly string[];
  /** The layout that the goal chooses, then the best one of each other combination of degrees. */
  readonly rows: readonly Row[];
  /** Null: at least one layout fits. */
  readonly noFit: NoFit | null;
  readonly counts: SearchCounts;
  /** True if every layout of the space was timed or excluded by a proved bound. */
  readonly optimal: boolean;
  /** Share of the search that is done; 1 at its end. */
  readonly progress: number;
  /** The best layout without pins; also null if the plan has no pins. */
  readonly free: Row | null;
  /** Layouts one choice away from the best one. */
  readonly neighbours: readonly Neighbour[] | null;
}

/** A layout with every figure that is shown of it. Of its loss only the figures: formulas cannot be sent between threads. */
export type Row = Omit<Simulation, 'loss'> & {
  readonly loss: Pick<PlanLoss, 'value' | 'band' | 'warnings'>;
};

export interface NoFit {
  /** The layout that needs the least memory. */
  readonly smallest: Row | null;
  /** Changes that make the plan fit; null while they are searched for. */
  readonly remedies: readonly string[] | null;
}

/** Passes of a pipeline as columns of one table, sorted by stage and then by start. */
export interface Timeline {
  readonly layout: Layout;
  readonly stages: number;
  readonly seconds: number;
  readonly numMicrobatches: number;
  /** Index of each stage's first pass; one more entry for the end of the last stage. */
  readonly firstPass: Uint32Array;
  /** Index into `passKinds` for each pass. */
  readonly kinds: Uint8Array;
  readonly microbatch: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Seconds that a message occupies its sender after a pass. */
  readonly heldSeconds: number;
  /** Share of the step that each stage waits. */
  readonly bubble: readonly number[];
}

export const passKinds = ['forward', 'backward', 'backward-input', 'backward-weight'] as const;
