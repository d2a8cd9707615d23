import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import type {Problem} from '../../plan-file/problem.js';
import type {Simulation} from '../../report/simulation.js';
import type {PlanLoss} from '../../scaling/loss/plan-loss.js';
import type {PlanCalendar} from '../../scaling/time-aware/plan-calendar.js';
import type {Neighbour} from '../../search/neighbours.js';
import type {SearchCounts} from '../../search/search-result.js';
import type {Measure} from '../../search/sensitivity/replan.js';
import type {Sensitivity} from '../../search/sensitivity/sensitivities.js';

/** What the planner is asked for. A newer job of a topic takes the place of the older one. */
export type Job =
  | PlanJob
  | TimelineJob
  | CalendarJob
  | CompareJob
  | TrialJob
  | SensitivityJob
  | OuterJob
  | SizesJob
  | ReportJob;
export type Topic = Job['topic'];

/** The best layouts of a plan's text, the first of them first. */
export interface PlanJob {
  readonly topic: 'plan';
  /** Where the text came from; its relative paths start there. */
  readonly path: string;
  readonly text: string;
}

/** The pipeline of one layout, event by event. */
export interface TimelineJob {
  readonly topic: 'timeline';
  readonly path: string;
  readonly text: string;
  readonly layout: Layout;
}

/** Loss against days of one layout. */
export interface CalendarJob {
  readonly topic: 'calendar';
  readonly path: string;
  readonly text: string;
  readonly layout: Layout;
}

/** The plan on several machines, and other plans beside it. */
export interface CompareJob {
  readonly topic: 'compare';
  readonly path: string;
  readonly text: string;
  readonly comparands: readonly Comparand[];
}

/** What the plan is held against: itself on a machine, or the plan of another file as it stands. */
export interface Comparand {
  readonly kind: 'machine' | 'plan';
  /** Of a profile, or the path of a file. */
  readonly name: string;
}

/** The plan with some of its figures scaled. */
export interface TrialJob {
  readonly topic: 'trial';
  readonly path: string;
  readonly text: string;
  readonly factors: Factors;
}

/** Factors by the names of levers; those that are not named stay at 1. */
export type Factors = Readonly<Record<string, number>>;

/** What each figure is worth. */
export interface SensitivityJob {
  readonly topic: 'sensitivity';
  readonly path: string;
  readonly text: string;
}

/** Data parallel against DiLoCo. */
export interface OuterJob {
  readonly topic: 'outer';
  readonly path: string;
  readonly text: string;
}

/** The model sizes that trainings of some lengths do best with. */
export interface SizesJob {
  readonly topic: 'sizes';
  readonly path: string;
  readonly text: string;
  /** The layout that is best for the plan's own model. */
  readonly layout: Layout;
  /** Lengths of trainings, seconds. */
  readonly moments: readonly number[];
}

/** A page of the plan's answer. */
export interface ReportJob {
  readonly topic: 'report';
  readonly path: string;
  readonly text: string;
  /** Where it is to be written. */
  readonly out: string;
}

/** What comes back, in order; the last reply to a job says that it is done. */
export type Reply =
  | PlanReply
  | TimelineReply
  | CalendarReply
  | CompareReply
  | TrialReply
  | SensitivityReply
  | OuterReply
  | SizesReply
  | ReportReply;

export interface PlanReply {
  readonly topic: 'plan';
  readonly text: string;
  readonly answer: PlanAnswer | {readonly problems: readonly Problem[]};
}

export interface TimelineReply {
  readonly topic: 'timeline';
  readonly timeline: Timeline;
}

export interface CalendarReply {
  readonly topic: 'calendar';
  readonly layout: Layout;
  readonly calendar: PlanCalendar;
}

/** What is done; more follows. */
export interface CompareReply {
  readonly topic: 'compare';
  readonly text: string;
  readonly done: readonly Compared[];
}

export interface Compared {
  readonly comparand: Comparand;
  /** The best layout there; null where there is none. */
  readonly row: Row | null;
  /** Why there is none, as sentences. */
  readonly reasons: readonly string[];
}

export interface TrialReply {
  readonly topic: 'trial';
  readonly text: string;
  readonly factors: Factors;
  /** Null where nothing fits then. */
  readonly row: Row | null;
}

/** The figures that are done; more follow until there are as many as the total. */
export interface SensitivityReply {
  readonly topic: 'sensitivity';
  readonly text: string;
  readonly found: readonly Sensitivity[];
  readonly total: number;
  readonly measure: Measure;
}

/** The choices that are done; more follow. */
export interface OuterReply {
  readonly topic: 'outer';
  readonly text: string;
  readonly choices: readonly OuterChoice[];
}

/** A number of replicas with the best layout inside each; null where there is none. */
export interface OuterChoice {
  readonly replicas: number;
  readonly row: Row | null;
}

/** What is found so far; more follows until all sizes are done. */
export interface SizesReply {
  readonly topic: 'sizes';
  readonly text: string;
  readonly sizes: readonly BestSize[];
  readonly progress: number;
}

/** The model that a training of so long does best with, the rest of the plan as it is. */
export interface BestSize {
  readonly seconds: number;
  readonly parameters: number;
  readonly tokens: number;
  readonly loss: number;
}

export interface ReportReply {
  readonly topic: 'report';
  readonly out: string;
  /** Null where the plan has no layout to report on. */
  readonly html: string | null;
}

/** The answer to a plan; parts that are still being worked out are null. */
export interface PlanAnswer {
  readonly plan: Plan;
  /** Stacks that the machine knows, and formats that its devices have. */
  readonly stacks: readonly string[];
  readonly precisions: readonly string[];
  /** The layout that the goal chooses, then the best of each other family. */
  readonly rows: readonly Row[];
  /** Where nothing fits: what comes closest, and what would help. */
  readonly noFit: NoFit | null;
  readonly counts: SearchCounts;
  /** Every layout of the space was looked at or excluded for a proved reason. */
  readonly certified: boolean;
  /** Share of the search that is done; 1 at its end. */
  readonly progress: number;
  /** The best layout without pins; null while it is searched for, and without pins. */
  readonly free: Row | null;
  /** Layouts one choice away from the best one. */
  readonly neighbours: readonly Neighbour[] | null;
}

/** A layout with everything that is said of it; of its loss only the figures. */
export type Row = Omit<Simulation, 'loss'> & {
  readonly loss: Pick<PlanLoss, 'value' | 'band' | 'warnings'>;
};

export interface NoFit {
  readonly smallest: Row | null;
  /** Changes that make it fit; null while they are searched for. */
  readonly remedies: readonly string[] | null;
}

/** Passes of a pipeline as rows of a table, in order of start on each device. */
export interface Timeline {
  readonly layout: Layout;
  readonly stages: number;
  readonly seconds: number;
  readonly numMicrobatches: number;
  /** Index into `passKinds` for each pass. */
  readonly kinds: Uint8Array;
  readonly stage: Uint16Array;
  readonly chunk: Uint16Array;
  readonly microbatch: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** How long a message keeps its sender after a pass. */
  readonly heldSeconds: number;
  /** Share of the step that each stage waits. */
  readonly bubble: readonly number[];
  readonly communication: readonly number[];
}

export const passKinds = ['forward', 'backward', 'backward-input', 'backward-weight'] as const;
