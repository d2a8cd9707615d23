/**
 * How sure a published figure is: `read` in its source, `derived` from data or figures that were,
 * `recalled` without the source at hand, `third party` where another group fitted what the authors
 * did not print.
 */
export type Mark = 'read' | 'derived' | 'recalled' | 'third party';

/** Facts that every law states. */
export interface LawFacts<Input extends string = string> {
  readonly title: string;
  /** Paper with its section or table, or the data and the command of a fit. */
  readonly source: string;
  readonly mark: Mark;
  readonly range: ValidityRange<Input>;
  /** What a reader must know before using it; empty where nothing is unusual. */
  readonly note: string;
}

/** The runs that a law was fitted to; an input that is not named has no known bounds. */
export interface ValidityRange<Input extends string = string> {
  readonly mark: Mark;
  readonly bounds: Readonly<Partial<Record<Input, Interval>>>;
}

export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A fitted number and its published standard error; null where none was published. */
export interface Coefficient {
  readonly value: number;
  readonly standardError: number | null;
}

/** A coefficient whose standard error was not published. */
export const withoutError = (value: number): Coefficient => ({value, standardError: null});
