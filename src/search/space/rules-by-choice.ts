import {refusingRules} from '../../frameworks/problems.js';
import {fieldsOfScopes, type LayoutFieldName, type LayoutScope} from '../../layout/fields.js';
import type {Layout} from '../../layout/layout.js';
import type {LayoutRule, RuleSubject} from '../../layout/rule.js';

/**
 * The rules of a plan's framework by the choice that decides them last, in the order in which a search
 * chooses. Each is evaluated as soon as its fields are known.
 */
export interface RulesByChoice {
  readonly degrees: readonly LayoutRule[];
  /** Within one pipeline and number of micro-batches: its schedule and virtual stages. */
  readonly pipeline: readonly LayoutRule[];
  /** Within one pipeline candidate: what it recomputes. */
  readonly recompute: readonly LayoutRule[];
  /** With the degrees: how layers run. */
  readonly layer: readonly LayoutRule[];
  /** With the degrees: the micro-batch by itself. */
  readonly batch: readonly LayoutRule[];
  /** With the degrees: the order of ranks. */
  readonly order: readonly LayoutRule[];
  /** With the degrees and the order of ranks: where states are kept. */
  readonly states: readonly LayoutRule[];
  /** Those that join several of these choices. */
  readonly joint: readonly LayoutRule[];
}

export function rulesByChoice({cluster}: Pick<RuleSubject, 'cluster'>): RulesByChoice {
  const sorted = {
    degrees: [] as LayoutRule[],
    pipeline: [] as LayoutRule[],
    recompute: [] as LayoutRule[],
    layer: [] as LayoutRule[],
    batch: [] as LayoutRule[],
    order: [] as LayoutRule[],
    states: [] as LayoutRule[],
    joint: [] as LayoutRule[],
  };
  for (const rule of refusingRules(cluster.software)) sorted[choiceOf(rule)].push(rule);
  return sorted;
}

/** Fields that are known when a choice is made. */
const known = {
  degrees: fieldsOfScopes('degrees'),
  pipeline: ['pipeline', ...fieldsOfScopes('pipeline')],
  recompute: ['pipeline', ...fieldsOfScopes('pipeline', 'recompute')],
  layer: fieldsOfScopes('degrees', 'layer'),
  batch: fieldsOfScopes('degrees', 'batch'),
  order: fieldsOfScopes('degrees', 'order'),
  states: fieldsOfScopes('degrees', 'order', 'states'),
} as const satisfies Record<Exclude<keyof RulesByChoice, 'joint'>, readonly LayoutFieldName[]>;

function choiceOf({fields, countsMicrobatches}: LayoutRule): keyof RulesByChoice {
  const read = countsMicrobatches
    ? fields.filter(field => field !== 'data' && field !== 'microBatch')
    : fields;
  const choices = Object.keys(known) as (keyof typeof known)[];
  for (const choice of countsMicrobatches ? (['pipeline'] as const) : choices) {
    const names: readonly LayoutFieldName[] = known[choice];
    if (read.every(field => names.includes(field))) return choice;
  }
  return 'joint';
}

/** Whether a layout holds all rules. */
export function holds(rules: readonly LayoutRule[], layout: Layout, subject: RuleSubject): boolean {
  for (const rule of rules) if (rule.broken(layout, subject) !== null) return false;
  return true;
}

/** Whether a rule reads a field of one of these scopes. */
export function readsScope({fields}: LayoutRule, ...scopes: readonly LayoutScope[]): boolean {
  const names = fieldsOfScopes(...scopes);
  return fields.some(field => names.includes(field));
}
