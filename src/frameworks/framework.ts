import type {Precision} from '../cluster/accelerator.js';
import type {LayoutFieldName} from '../layout/fields.js';
import type {Layout} from '../layout/layout.js';
import type {LayoutRule, RuleSubject} from '../layout/rule.js';
import type {Month, Release, Validity} from './release.js';

/**
 * A rule that a framework enforces, or a difference between a plan and its run that it makes in silence; in
 * every release, or in those of the months that are stated.
 */
export interface FrameworkRule extends LayoutRule, Validity {
  /** File and line in the framework's source, at the commit that its page names. */
  readonly source: string;
  /** Error class that the framework raises; absent: it starts, and runs something else or fails later. */
  readonly error?: string;
  /**
   * refused: the framework does not run the layout as stated. noted: it runs, with a difference that an
   * answer names. Absent: refused.
   */
  readonly severity?: 'refused' | 'noted';
}

/** What a framework takes where a plan leaves a field of the layout out. */
export interface LayoutDefault<Value> {
  /** @param layout the stated fields; what is neither stated nor a degree has its neutral value */
  readonly value: (layout: Layout, subject: RuleSubject) => Value;
  /** Place in the framework's source. */
  readonly source: string;
}

/** A default that no other field changes. */
export function fixedDefault<Value>(value: Value, source: string): LayoutDefault<Value> {
  return {value: () => value, source};
}

export type LayoutDefaults = {readonly [Field in LayoutFieldName]?: LayoutDefault<Layout[Field]>};

/** A spelling of a framework's name in plans and tables of measurements. */
export interface FrameworkAlias {
  /** Matched against the name in lower case. */
  readonly pattern: RegExp;
  /** Only on devices that have this precision: a name that changed its meaning. */
  readonly needs?: Precision;
  /** Spelling of people alone: in a table of measurements the same word means another framework. */
  readonly inPlansOnly?: true;
  /** Stack that is meant; absent: that of the framework's own name. */
  readonly stack?: string;
}

/**
 * The figure that a framework's log prints as memory.
 *
 * allocated: the peak of the step. update: the peak while the optimizer steps, on the first stage, because the
 * peak counter is reset after the backward pass. reserved: what the caching allocator holds. device: what the
 * device shows as taken, with context and communicators.
 */
export type LoggedMemory = 'allocated' | 'update' | 'reserved' | 'device';

/** How a framework's tables of measurements read where a column is empty. */
export interface RecipeDefaults {
  /** Names in tables whose runs are recipes; runs of another name ran with the arguments that the table states. */
  readonly tables: RegExp;
  /** What its published recipes set. */
  readonly fields: (layout: Layout, subject: RuleSubject) => Partial<Layout>;
  /** What they do where memory is short, before anything is recomputed; absent: nothing. */
  readonly savings?: (layout: Layout) => Partial<Pick<Layout, 'offload'>>;
  /** Bytes of a gradient as they keep it; absent: as the framework does by default. */
  readonly gradientBytes?: 2 | 4;
  readonly source: string;
}

/**
 * A training framework: its names, the rules it enforces at start, its defaults and its logs. What it costs
 * (kernels, launches, overlap, memory) is its stack, a data file under hardware-profiles/frameworks.
 */
export interface Framework {
  /** Name in plans and of its data file. */
  readonly name: string;
  /** Name in sentences. */
  readonly title: string;
  /** Other spellings, the most specific first. */
  readonly aliases: readonly FrameworkAlias[];
  /** Known releases, oldest first; may be empty. */
  readonly releases: readonly Release[];
  /** Month of the source that its rules were read in: the release of a plan that names none. */
  readonly readAt: Month;
  readonly rules: readonly FrameworkRule[];
  readonly defaults: LayoutDefaults;
  readonly recipeDefaults?: RecipeDefaults;
  /** Modules of a layer can be recomputed by themselves. */
  readonly recomputesModules?: true;
  readonly logs: {readonly memory: LoggedMemory};
  /** A row's `flash_attention = 1` means the kernel of the device's generation (Transformer Engine, cuDNN, XLA), not FlashAttention-2. */
  readonly ownFlashKernel: boolean;
  /** First month in which compiling a model takes the loss too; absent: it never does. */
  readonly compilesLossSince?: Month;
}
