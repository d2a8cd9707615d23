import type {Month} from '../frameworks/release.js';
import type {Layout} from '../layout/layout.js';
import type {LayoutRule} from '../layout/rule.js';
import type {StepEstimate} from '../pipeline/estimate.js';
import type {Plan} from '../plan/plan.js';
import type {RunEstimate} from '../run/run.js';

/** A plan to write for another program. */
export interface PlannedFile {
  /** Path of the plan file, as the user named it. */
  readonly file: string;
  readonly plan: Plan;
}

/** A plan whose layout is known. */
export interface PlannedRun extends PlannedFile {
  readonly layout: Layout;
  readonly estimate: StepEstimate;
  readonly run: RunEstimate;
}

/** Text for another program. */
export interface ExportedText {
  readonly text: string;
  /** What of the plan the text does not express, as sentences; a text with comments holds them too. */
  readonly notes: readonly string[];
}

/** A program that plans are written for: its file, and one line in the registry. */
export type ExportTarget = LaunchTarget | SweepTarget;

interface AnyTarget {
  readonly summary: string;
  /** Whether the notes stand in the text as comments. */
  readonly comments: boolean;
}

/** Arguments or a script for a run of one layout: the one that the plan states, or the best one. */
export interface LaunchTarget extends AnyTarget {
  readonly of: 'layout';
  /** Framework that reads the text, whose rules a layout has to hold; null: the one that the plan names. */
  readonly framework: string | null;
  /** Month of the release that the text is for; absent: the newest one. */
  readonly release?: Month;
  /** What the text cannot express of a layout that its framework runs. */
  readonly rules?: readonly LayoutRule[];
  /** The text of a layout that holds the rules: see `exportRun`. */
  readonly write: (run: PlannedRun) => ExportedText;
}

/** A job that works on the plan itself, before any layout is chosen. */
export interface SweepTarget extends AnyTarget {
  readonly of: 'plan';
  readonly write: (planned: PlannedFile) => ExportedText;
}
