import {
  fieldNamed,
  hasEffect,
  type LayoutFieldName,
  layoutFieldNames,
  serialLayout,
} from '../layout/fields.js';
import type {Layout} from '../layout/layout.js';
import type {RuleSubject} from '../layout/rule.js';
import type {LayoutDefault} from './framework.js';
import {frameworkOf} from './registry.js';

/** A value that a plan does not state, and whose default it is. */
export interface TakenDefault {
  readonly field: LayoutFieldName;
  readonly value: Layout[LayoutFieldName];
  /** Name of the framework whose default it is; null: the neutral value, of no framework in particular. */
  readonly framework: string | null;
}

/**
 * The layout of a plan that states its degrees and its micro-batch: what it leaves out takes the framework's
 * default, and the data degree follows from the number of devices. Null where tensor, pipeline or micro-batch
 * are open.
 */
export function completeLayout({
  pins,
  ...subject
}: RuleSubject & {readonly pins: Partial<Layout>}): Layout | null {
  const {tensor, pipeline, microBatch} = pins;
  if (tensor === undefined || pipeline === undefined || microBatch === undefined) return null;
  return withDefaults(pins, subject);
}

/**
 * The stated fields of a layout with a framework's default for each of the others; open degrees are 1. A field
 * without effect has the neutral value, as in the layouts of a search.
 */
export function withDefaults(stated: Partial<Layout>, subject: RuleSubject): Layout {
  const {tensor = 1, pipeline = 1, context = 1} = stated;
  const base: Layout = {
    ...serialLayout,
    expertTensor: (stated.expert ?? 1) > 1 ? 1 : tensor,
    data: subject.cluster.numDevices / (tensor * pipeline * context),
    schedule: (stated.virtualStages ?? 1) > 1 ? 'interleaved' : serialLayout.schedule,
    ...stated,
  };
  const defaults = frameworkOf(subject.cluster.software).defaults as Readonly<
    Partial<Record<LayoutFieldName, LayoutDefault<Layout[LayoutFieldName]>>>
  >;
  const taken = layoutFieldNames.flatMap(name => {
    const own = stated[name] === undefined ? defaults[name] : undefined;
    return own === undefined ? [] : [[name, own.value(base, subject)] as const];
  });
  const complete: Layout = {...base, ...Object.fromEntries(taken)};
  const withoutEffect = taken
    .filter(([name]) => !hasEffect(complete, name))
    .map(([name]) => [name, base[name]]);
  return {...complete, ...Object.fromEntries(withoutEffect)};
}

/** Fields of a completed layout that the plan leaves out and that have an effect, in the order of plans. */
export function takenDefaults(
  layout: Layout,
  {pins, model, cluster: {software}}: RuleSubject & {readonly pins: Partial<Layout>},
): readonly TakenDefault[] {
  const {name, defaults} = frameworkOf(software);
  return layoutFieldNames
    .filter(field => field !== 'data' && pins[field] === undefined && hasEffect(layout, field))
    .filter(field => field !== 'expertTensor' || model.experts !== null)
    .filter(field => fieldNamed(field).scope !== 'degrees' || layout[field] !== 1)
    .map(field => ({field, value: layout[field], framework: defaults[field] === undefined ? null : name}));
}
