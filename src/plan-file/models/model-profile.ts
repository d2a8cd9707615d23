import type {Transformer} from '../../model/transformer.js';
import type {Problem} from '../problem.js';

/** A model with what its file states beyond the shape. */
export interface ModelProfile {
  readonly model: Transformer;
  readonly source: string | null;
  /** Family that it came from; null for a file of its own. */
  readonly family: string | null;
  /** Repositories of the Hugging Face hub whose models have this shape. */
  readonly hub: readonly string[];
}

export type ModelRead = {readonly profile: ModelProfile} | {readonly problems: readonly Problem[]};
