import type {ExportTargetName} from '../../export/targets.js';
import type {Problem} from '../../plan-file/problem.js';
import type {
  CalendarReply,
  Comparand,
  CompareReply,
  Factors,
  OuterReply,
  PlanAnswer,
  Row,
  SensitivityReply,
  SizesReply,
  Timeline,
  TrialReply,
} from '../planning/answers.js';
import {layoutKey, type Order, orderedRows} from './columns.js';
import type {Picker} from './dialogs/picker.js';
import type {StartDialog} from './dialogs/start.js';

export const screens = ['plan', 'layout', 'what-if', 'calendar', 'compare'] as const;
export type ScreenName = (typeof screens)[number];

/** Size of the terminal in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The plan file behind the document. */
export interface PlanFile {
  /** Null: not chosen yet. */
  readonly path: string | null;
  /** What it holds; null where it does not exist. */
  readonly text: string | null;
}

/** Everything that the screen shows is a function of this. */
export interface State {
  readonly size: Size;
  readonly screen: ScreenName;
  readonly file: PlanFile;
  /** The plan: the document that is edited. Empty until the questions of the start are answered. */
  readonly text: string;
  readonly past: readonly string[];
  readonly future: readonly string[];
  /** Where keys go on the plan screen. */
  readonly pane: 'fields' | 'table';
  /** Index of the field under the cursor. */
  readonly field: number;
  /** Layout under the cursor; null: the best. */
  readonly row: string | null;
  /** Index of the degree column under the cursor. */
  readonly column: number;
  readonly order: Order;
  readonly layoutView: LayoutView;
  readonly dialog: Dialog | null;
  /** Said in the last line until the next key. */
  readonly message: Message | null;
  readonly answer: Answered | null;
  /** What is wrong with the newest text; empty while its answer is awaited. */
  readonly problems: readonly Problem[];
  /** Topics that are being worked on. */
  readonly busy: ReadonlySet<string>;
  readonly timeline: Timeline | null;
  readonly calendar: CalendarReply | null;
  readonly whatIf: WhatIf;
  readonly trial: TrialReply | null;
  readonly sensitivity: SensitivityReply | null;
  readonly outer: OuterReply | null;
  readonly sizes: SizesReply | null;
  /** A report that is being made. */
  readonly report: {readonly text: string; readonly out: string} | null;
  /** What the plan is compared with beside itself on its own machine, and the line under the cursor. */
  readonly comparands: readonly Comparand[];
  readonly comparand: number;
  readonly compared: CompareReply | null;
  /** What there is to choose from. */
  readonly known: Known;
}

/** Names of models and machines, and plan files that were found nearby. */
export interface Known {
  readonly models: readonly string[];
  readonly hardware: readonly string[];
  readonly plans: readonly string[];
}

/** The newest answer with the text that it is for. */
export interface Answered {
  readonly text: string;
  readonly answer: PlanAnswer;
}

/** What of the pipeline is in sight. */
export interface LayoutView {
  /** Seconds in sight over the step: 1 is all of it. */
  readonly zoom: number;
  /** Share of the step at the left edge. */
  readonly left: number;
  readonly firstStage: number;
}

/** Figures that are tried otherwise, and the one under the cursor. */
export interface WhatIf {
  readonly lever: number;
  readonly factors: Factors;
}

export interface Message {
  readonly kind: 'good' | 'bad' | 'quiet';
  readonly text: string;
}

/** What a file is written for. */
export type Purpose =
  | {readonly kind: 'report'}
  | {readonly kind: 'export'; readonly target: ExportTargetName};

/** What lies over the screen and takes the keys. */
export type Dialog =
  | StartDialog
  | {readonly kind: 'edit'; readonly input: string}
  | {readonly kind: 'picker'; readonly title: string; readonly picker: Picker}
  | {
      readonly kind: 'save';
      readonly path: string;
      readonly asksPath: boolean;
      readonly top: number;
      readonly thenQuit: boolean;
    }
  | {readonly kind: 'path'; readonly purpose: Purpose; readonly path: string}
  | {readonly kind: 'quit'}
  | {readonly kind: 'help'; readonly top: number};

/** The plan differs from its file. */
export function isUnsaved({text, file}: State): boolean {
  return text !== '' && text !== file.text;
}

/** Rows of the table in their order. */
export function rowsOf({answer, order}: State): readonly Row[] {
  return answer === null ? [] : orderedRows(answer.answer.rows, order);
}

/** The layout that everything below the table is about. */
export function selectedRow(state: State): Row | null {
  const rows = rowsOf(state);
  const chosen = rows.find(({layout}) => layoutKey(layout) === state.row);
  return chosen ?? state.answer?.answer.rows[0] ?? state.answer?.answer.noFit?.smallest ?? null;
}
