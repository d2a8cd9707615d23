import type {Problem} from '../../plan-file/problem.js';
import type {PlanDocument} from '../document/plan-document.js';
import type {ComparedItem, ScaleFactors} from '../planning/job.js';
import type {
  CalendarReply,
  CompareReply,
  DilocoReply,
  PlanAnswer,
  Row,
  SensitivityReply,
  SizesReply,
  Timeline,
  TrialReply,
} from '../planning/reply.js';
import type {Dialog} from './dialog.js';
import {layoutKeyOf} from './layout-columns.js';
import {orderedRows, type RowOrder} from './row-order.js';
import type {ScreenName} from './screen-name.js';

/** Size of the terminal in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The file that the plan is read from and saved to. */
export interface PlanFile {
  /** Null: not chosen yet. */
  readonly path: string | null;
  /** Content when it was last read or written; null: the file does not exist. */
  readonly text: string | null;
}

/** State of the program. Everything on the screen is a function of it. */
export interface State {
  readonly size: TerminalSize;
  readonly screen: ScreenName;
  readonly file: PlanFile;
  /** The plan as it is edited; its text is empty until the questions of the start are answered. */
  readonly document: PlanDocument;
  /** Texts that undo goes back to, the newest last. */
  readonly past: readonly string[];
  /** Texts that redo goes forward to, the nearest first. */
  readonly future: readonly string[];
  /** The pane of the plan screen that receives the keys. */
  readonly pane: 'fields' | 'table';
  /** Index of the field under the cursor. */
  readonly field: number;
  /** Key of the layout under the cursor; null: the best one. */
  readonly row: string | null;
  /** Index of the layout column under the cursor. */
  readonly column: number;
  readonly order: RowOrder;
  readonly pipelineView: PipelineView;
  readonly dialog: Dialog | null;
  /** Shown in the last line until the next key. */
  readonly message: Message | null;
  readonly answer: AnsweredPlan | null;
  /** Problems of the newest text; empty while its answer is awaited. */
  readonly problems: readonly Problem[];
  readonly timeline: Timeline | null;
  readonly calendar: CalendarReply | null;
  readonly whatIf: WhatIf;
  readonly trial: TrialReply | null;
  readonly sensitivity: SensitivityReply | null;
  readonly diloco: DilocoReply | null;
  readonly sizes: SizesReply | null;
  /** A report that is being made. */
  readonly report: {readonly text: string; readonly out: string} | null;
  /** Lines of the comparison apart from the plan on its own machine. */
  readonly comparedItems: readonly ComparedItem[];
  /** Index of the line of the comparison under the cursor. */
  readonly comparedIndex: number;
  readonly compared: CompareReply | null;
  readonly known: KnownNames;
}

/** Names to choose from: models, machines, and plan files in nearby folders. */
export interface KnownNames {
  readonly models: readonly string[];
  readonly hardware: readonly string[];
  readonly plans: readonly string[];
}

/** The newest answer, with the text that it answers. */
export interface AnsweredPlan {
  readonly text: string;
  readonly answer: PlanAnswer;
}

/** The visible part of the pipeline's timeline. */
export interface PipelineView {
  /** Visible seconds as a share of the step. */
  readonly zoom: number;
  /** Start of the visible part as a share of the step. */
  readonly left: number;
  readonly firstStage: number;
}

export interface WhatIf {
  /** Index of the parameter under the cursor. */
  readonly parameter: number;
  readonly factors: ScaleFactors;
}

export interface Message {
  readonly kind: 'good' | 'bad' | 'quiet';
  readonly text: string;
}

/** True if the plan differs from its file. */
export function isUnsaved({document: {text}, file}: State): boolean {
  return text !== '' && text !== file.text;
}

/** The text to plan: the document, with the value that is being typed. */
export function plannedText({document, dialog}: State): string {
  return dialog?.kind === 'edit' ? dialog.text : document.text;
}

/** True if the answer belongs to an earlier text. */
export function isStale(state: State): boolean {
  return state.answer !== null && state.answer.text !== plannedText(state);
}

/** Rows of the table in their order. */
export function rowsOf({answer, order}: State): readonly Row[] {
  return answer === null ? [] : orderedRows(answer.answer.rows, order);
}

/** The layout that every screen shows: the one under the cursor, the best one, or the nearest to fit. */
export function selectedRow(state: State): Row | null {
  const rows = rowsOf(state);
  const chosen = rows.find(({layout}) => layoutKeyOf(layout) === state.row);
  return chosen ?? state.answer?.answer.rows[0] ?? state.answer?.answer.noFit?.smallest ?? null;
}
