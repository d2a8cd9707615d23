import type {ExportTargetName} from '../../export/targets.js';
import type {Picker} from './picker.js';

/** What receives the keys in place of the screen. */
export type Dialog = StartDialog | EditDialog | CoveringDialog;

/** A dialog that covers the body of the screen. */
export type CoveringDialog = PickerDialog | SaveDialog | PathDialog | QuitDialog | HelpDialog;

/** The questions of a start without a plan file. */
export interface StartDialog {
  readonly kind: 'start';
  /** Index of the question that is asked. */
  readonly question: number;
  /** One answer for each question; before it is asked, its default. */
  readonly answers: readonly string[];
  /** Text typed so far; empty: the answer stands. */
  readonly typed: string;
  /** Null: the question has no list. */
  readonly picker: Picker | null;
}

/** The field under the cursor while a value is typed. */
export interface EditDialog {
  readonly kind: 'edit';
  readonly input: string;
  /** The plan's text with the typed value. */
  readonly text: string;
}

export interface PickerDialog {
  readonly kind: 'picker';
  readonly title: string;
  readonly picker: Picker;
}

/** The lines that a save changes. */
export interface SaveDialog {
  readonly kind: 'save';
  readonly path: string;
  readonly asksPath: boolean;
  /** Lines that are scrolled out at the top. */
  readonly top: number;
  readonly thenQuit: boolean;
}

/** The path of a file to write. */
export interface PathDialog {
  readonly kind: 'path';
  readonly purpose: FilePurpose;
  readonly path: string;
}

export type FilePurpose =
  | {readonly kind: 'report'}
  | {readonly kind: 'export'; readonly target: ExportTargetName};

/** Asks what to do with a plan that is not saved. */
export interface QuitDialog {
  readonly kind: 'quit';
}

export interface HelpDialog {
  readonly kind: 'help';
  readonly top: number;
}
