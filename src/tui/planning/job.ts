import type {Layout} from '../../layout/layout.js';

/** What the planner is asked for. A newer job of a kind replaces the older one. */
export type Job =
  | PlanJob
  | TimelineJob
  | CalendarJob
  | CompareJob
  | TrialJob
  | SensitivityJob
  | DilocoJob
  | SizesJob
  | ReportJob;
export type JobKind = Job['kind'];

/** The plan that a job is about. */
interface PlanSource {
  /** File that the text came from; relative paths in the plan start there. */
  readonly path: string;
  readonly text: string;
}

/** The best layouts of a plan. */
export interface PlanJob extends PlanSource {
  readonly kind: 'plan';
}

/** The pipeline of one layout, event by event. */
export interface TimelineJob extends PlanSource {
  readonly kind: 'timeline';
  readonly layout: Layout;
}

/** Loss against days of one layout. */
export interface CalendarJob extends PlanSource {
  readonly kind: 'calendar';
  readonly layout: Layout;
}

/** The plan on several machines, and other plans next to it. */
export interface CompareJob extends PlanSource {
  readonly kind: 'compare';
  readonly items: readonly ComparedItem[];
}

/** A line of the comparison: the plan on another machine, or the plan of another file as it stands. */
export interface ComparedItem {
  readonly kind: 'machine' | 'plan';
  /** Name of a hardware profile, or path of a plan file. */
  readonly name: string;
}

/** The plan with some of its parameters scaled. */
export interface TrialJob extends PlanSource {
  readonly kind: 'trial';
  readonly factors: ScaleFactors;
}

/** Factors by the names of sensitivity parameters; a parameter without an entry has factor 1. */
export type ScaleFactors = Readonly<Record<string, number>>;

/** Sensitivity of the plan's goal to each parameter. */
export interface SensitivityJob extends PlanSource {
  readonly kind: 'sensitivity';
}

/** Data parallelism against DiLoCo. */
export interface DilocoJob extends PlanSource {
  readonly kind: 'diloco';
}

/** The best model sizes for training runs of several lengths. */
export interface SizesJob extends PlanSource {
  readonly kind: 'sizes';
  /** The best layout for the plan's own model. */
  readonly layout: Layout;
  /** Lengths of the training runs, seconds. */
  readonly moments: readonly number[];
}

/** An HTML report on the plan's answer. */
export interface ReportJob extends PlanSource {
  readonly kind: 'report';
  /** Path of the file to write. */
  readonly out: string;
}
