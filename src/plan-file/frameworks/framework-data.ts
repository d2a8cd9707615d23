import type {Figure} from '../../cluster/hardware-profile.js';
import type {StatedFacts} from '../../frameworks/stated-facts.js';
import type {StackStatement} from '../schema/stack-schema.js';
import type {FittedRows} from './fitted-rows.js';

/** Content of hardware-profiles/frameworks/<name>.yaml and of its fits/<name>.csv. */
export interface FrameworkData {
  /** Facts that hold on every machine. */
  readonly stated: StackStatement;
  /** Stack in its line whose constants its runs are fitted with; null: it has constants of its own. */
  readonly fittedWith: string | null;
  /** Facts that hold on one machine, by its name. */
  readonly machines: Readonly<Record<string, StackStatement>>;
  /** Constants fitted to measured runs, by machine; those under `anyMachine` hold where a machine has none. */
  readonly fitted: Readonly<Record<string, StatedFacts>>;
  /** Rows that `fitted` was fitted to. */
  readonly rows: readonly FittedRows[];
  /** Facts with their sources, for display. */
  readonly figures: readonly FrameworkFigure[];
}

/** A fact of a framework; `path` starts at the fact. */
export interface FrameworkFigure extends Figure {
  /** Name of the machine on which it holds; null: on all. */
  readonly machine: string | null;
}

/** Frameworks that come with the package, by name. */
export type Frameworks = Readonly<Record<string, FrameworkData>>;

/** Key of the constants that hold on every machine without constants of its own. */
export const anyMachine = 'any-machine';
