import type {ExportTargetName} from '../../export/targets.js';
import type {Message} from './state.js';

/** What a key asks of the world around the screen. */
export type Effect =
  | {readonly kind: 'quit'}
  | {readonly kind: 'say'; readonly message: Message}
  | {
      readonly kind: 'save';
      readonly path: string;
      /** What the file is expected to hold; null: it must not exist. */
      readonly before: string | null;
      readonly text: string;
      readonly thenQuit: boolean;
    }
  /** A report page in place of an earlier one, or as a new file. */
  | {readonly kind: 'report'; readonly path: string; readonly html: string}
  /** The selected layout for another program, as a new file. */
  | {readonly kind: 'export'; readonly path: string; readonly target: ExportTargetName}
  /** Plan files beside the plan and where it was started. */
  | {readonly kind: 'findPlans'; readonly beside: string | null}
  /** How many parameters a model has, for a first guess at its tokens. */
  | {readonly kind: 'measure'; readonly model: string};
