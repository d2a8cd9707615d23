import type {ExportTargetName} from '../../export/targets.js';
import type {Message} from '../state/state.js';

/** A side effect that a key asks for; its outcome comes back as an event. */
export type Effect =
  | {readonly kind: 'quit'}
  | {readonly kind: 'showMessage'; readonly message: Message}
  | {
      readonly kind: 'save';
      readonly path: string;
      /** Expected content of the file; null: it must not exist. */
      readonly before: string | null;
      readonly text: string;
      readonly thenQuit: boolean;
    }
  /** Writes a report page; replaces an earlier report. */
  | {readonly kind: 'report'; readonly path: string; readonly html: string}
  /** Writes the selected layout for another program as a new file. */
  | {readonly kind: 'export'; readonly path: string; readonly target: ExportTargetName}
  /** Lists plan files in the plan's folder and in the working directory. */
  | {readonly kind: 'findPlans'; readonly near: string | null}
  /** Counts the parameters of a model, for a first guess at its tokens. */
  | {readonly kind: 'countParameters'; readonly model: string};
