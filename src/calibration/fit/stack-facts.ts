import type {Precision} from '../../cluster/accelerator.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import {allFacts, type FactGroup, type NumberField, yamlKey} from '../../frameworks/stack-fields.js';
import type {StackFact} from './fact.js';

/** Facts of a stack that runs of `precisions` can move. */
export function stackFacts(precisions: ReadonlySet<Precision>): readonly StackFact[] {
  return fittedFacts(allFacts, []).filter(({precision}) => precision === null || precisions.has(precision));
}

/** A fact with the one precision that it holds for; null: it holds for all. */
type FittedFact = StackFact & {readonly precision: Precision | null};

function fittedFacts({members, otherwise}: FactGroup, path: readonly string[]): FittedFact[] {
  return Object.entries(members).flatMap(([name, field]) => {
    const own = [...path, name];
    if (field.kind === 'group') return fittedFacts(field, own);
    if (field.kind !== 'number' || field.fit === null) return [];
    const isVariant = otherwise !== null && name !== otherwise;
    const fact = fittedFact(field, own, isVariant ? [...path, otherwise] : own);
    return [{...fact, precision: isVariant ? (name as Precision) : null}];
  });
}

/** @param otherwise path of the fact that stands in where this one is absent */
function fittedFact(
  {dimension, most, fit}: NumberField,
  path: readonly string[],
  otherwise: readonly string[],
): StackFact {
  if (fit === null) throw new Error(`${path.join('.')} is never fitted`);
  return {
    key: path.map(yamlKey).join('.'),
    unit: dimension === 'time' ? 'seconds' : 'fraction',
    scale: most === 1 ? 'logit' : 'log',
    ...fit,
    read: stack => valueAt(stack, path) ?? (valueAt(stack, otherwise) as number),
    write: (facts, value) => withValue(facts, path, value) as typeof facts,
  };
}

function valueAt(stack: SoftwareStack, path: readonly string[]): number | undefined {
  return path.reduce<unknown>((facts, name) => (facts as Record<string, unknown>)[name], stack) as
    | number
    | undefined;
}

function withValue(facts: object, [name = '', ...rest]: readonly string[], value: number): object {
  const own = facts as Readonly<Record<string, object>>;
  return {...own, [name]: rest.length === 0 ? value : withValue(own[name] ?? {}, rest, value)};
}
