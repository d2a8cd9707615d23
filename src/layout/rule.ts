import type {Cluster} from '../cluster/cluster.js';
import type {Transformer} from '../model/transformer.js';
import type {Diloco} from '../plan/plan.js';
import type {Training} from '../plan/training.js';
import {type LayoutFieldName, layoutFields} from './fields.js';
import type {Layout} from './layout.js';

/** What a layout is checked against. */
export interface RuleSubject {
  readonly model: Transformer;
  readonly training: Training;
  readonly cluster: Pick<Cluster, 'numDevices' | 'devicesPerNode' | 'accelerator' | 'topology' | 'software'>;
  /** The outer optimizer of replicas that train apart; absent or null: there is none. */
  readonly diloco?: Pick<Diloco, 'innerSteps' | 'fragments'> | null;
}

/** Place of a rule's problem in a plan, for rules that no field of the layout decides. */
export type OtherField =
  | 'layout'
  | 'model'
  | 'cluster'
  | 'cluster.software'
  | 'training.precision'
  | 'training.optimizer'
  | 'training.sequence_length'
  | 'training.global_batch'
  | 'training.attention_kernel'
  | 'training.gradient_bits'
  | 'diloco.fragments'
  | 'diloco';

/** Values of a broken rule's equation by name, as its message names them. */
export type Facts = Readonly<Record<string, number | string>>;

/**
 * One rule that a layout has to hold.
 *
 * `broken` reads no field of the layout but those of `fields`: a search evaluates a rule as soon as these
 * are chosen, whatever the others will be.
 */
export interface LayoutRule {
  /** Stable name, kebab-case. */
  readonly code: string;
  /** The fields that decide it. */
  readonly fields: readonly LayoutFieldName[];
  /** Place where its problem is shown; absent: at the first of `fields`. */
  readonly at?: OtherField;
  /** Data degree and micro-batch matter only through the number of micro-batches that they make. */
  readonly countsMicrobatches?: true;
  /** The values of its equation where the layout breaks it; null where it holds. */
  readonly broken: (layout: Layout, subject: RuleSubject) => Facts | null;
  /** What is wrong; `{name}` stands for a fact. */
  readonly message: string;
  /** What to do about it; `{name}` stands for a fact. */
  readonly hint: string;
}

/** A broken rule: where, the fact with its values, and what to do. */
export interface LayoutProblem {
  readonly code: string;
  /** Field of the plan, such as `layout.tensor`. */
  readonly path: string;
  /** Fields of the layout that decide it: where all are pinned, no choice of the others avoids it. */
  readonly fields: readonly LayoutFieldName[];
  readonly facts: Facts;
  readonly message: string;
  readonly hint: string;
}

/** The problem of a layout that breaks a rule; null where it holds. */
export function checkRule(rule: LayoutRule, layout: Layout, subject: RuleSubject): LayoutProblem | null {
  const facts = rule.broken(layout, subject);
  if (facts === null) return null;
  const {code, fields} = rule;
  return {
    code,
    fields,
    facts,
    path: pathOf(rule),
    message: fill(rule.message, facts),
    hint: fill(rule.hint, facts),
  };
}

function pathOf({at, fields: [first]}: LayoutRule): string {
  if (at !== undefined) return at;
  return first === undefined ? 'layout' : `layout.${layoutFields[first].key}`;
}

/** The template with the facts in place of `{name}`. */
function fill(template: string, facts: Facts): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}
