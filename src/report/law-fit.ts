import type {LawFit} from '../scaling/fit/fit-law.js';
import type {LossLaw} from '../scaling/loss/loss-law.js';

/** A fit with what it was made of. */
export interface LawFitAnswer {
  readonly name: string;
  readonly law: LossLaw;
  readonly fit: LawFit;
  /** Rows that were left out. */
  readonly left: {readonly incomplete: number; readonly filtered: number};
  readonly options: {readonly bootstraps: number; readonly seed: number};
}
