/** What a key asks of the world around the screen. */
export type Effect =
  | {readonly kind: 'quit'}
  | {
      readonly kind: 'save';
      readonly path: string;
      /** What the file is expected to hold; null: it must not exist. */
      readonly before: string | null;
      readonly text: string;
      readonly thenQuit: boolean;
    }
  /** How many parameters a model has, for a first guess at its tokens. */
  | {readonly kind: 'measure'; readonly model: string};
