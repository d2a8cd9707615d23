import type {MeasuredRange, StackFacts} from './stack.js';
import {measuredFigures} from './stack.js';
import {allFacts, type FactGroup, type StackField, yamlKey} from './stack-fields.js';

/** Facts of a stack as far as they are stated. */
export type StatedFacts = Stated<Omit<StackFacts, 'measuredRange'>> & {
  readonly measuredRange?: MeasuredRange | null;
};

type Stated<Value> = Value extends string | number | boolean | readonly unknown[]
  ? Value
  : {readonly [Name in keyof Value]?: Stated<Value[Name]>};

type Facts = Readonly<Record<string, unknown>>;

/** Facts from the checked content of YAML, whose quantities are in base units. */
export function readFacts(yaml: Facts): StatedFacts {
  return readGroup(allFacts, yaml);
}

function readGroup({members, otherwise}: FactGroup, yaml: unknown): Facts {
  if (!isMap(yaml)) return otherwise === null ? {} : {[otherwise]: yaml};
  const facts: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(members)) {
    const stated = yaml[yamlKey(name)] ?? (name === otherwise ? yaml.value : undefined);
    if (stated !== undefined) facts[name] = readFact(field, stated);
  }
  return facts;
}

const bitsPerByte = 8;

function readFact(field: StackField, stated: unknown): unknown {
  switch (field.kind) {
    case 'group':
      return readGroup(field, stated);
    case 'bits':
      return (stated as number) / bitsPerByte;
    case 'range':
      return readRange(stated as Facts);
    default:
      return stated;
  }
}

/** A figure alone is the greatest of a range from 1; one that is left out was 1 in all runs. */
function readRange(stated: Facts): Facts {
  return Object.fromEntries(
    measuredFigures.map(figure => {
      const span = stated[yamlKey(figure)] ?? 1;
      return [figure, typeof span === 'number' ? [1, span] : span];
    }),
  );
}

/** Facts as YAML spells them; quantities are rounded to three digits. */
export function writeFacts(facts: StatedFacts): Record<string, YamlFact> {
  return writeGroup(allFacts, facts);
}

/** Plain value of YAML. */
export type YamlFact = string | number | boolean | readonly YamlFact[] | {readonly [key: string]: YamlFact};

function writeGroup({members}: FactGroup, facts: Facts): Record<string, YamlFact> {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([name]) => facts[name] !== undefined && facts[name] !== null)
      .map(([name, field]) => [yamlKey(name), writeFact(field, facts[name])]),
  );
}

function writeFact(field: StackField, fact: unknown): YamlFact {
  switch (field.kind) {
    case 'group':
      return writeGroup(field, fact as Facts);
    case 'bits':
      return (fact as number) * bitsPerByte;
    case 'number':
      return field.dimension === 'time' ? `${rounded((fact as number) * 1e6)} us` : rounded(fact as number);
    case 'range':
      return Object.fromEntries(
        Object.entries(fact as MeasuredRange)
          .filter(([, [, most]]) => most !== 1)
          .map(([figure, [least, most]]) => [yamlKey(figure), least === 1 ? most : [least, most]]),
      );
    default:
      return fact as YamlFact;
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** Facts laid over others, group by group: what `over` states wins. */
export function mergeFacts<Under extends StatedFacts>(under: Under, over: StatedFacts): Under {
  return mergeGroup(allFacts, under, over) as Under;
}

function mergeGroup({members}: FactGroup, under: Facts, over: Facts): Facts {
  const merged: Record<string, unknown> = {...under, ...over};
  for (const [name, field] of Object.entries(members)) {
    const [below, above] = [under[name], over[name]];
    if (field.kind === 'group' && isMap(below) && isMap(above))
      merged[name] = mergeGroup(field, below, above);
  }
  return merged;
}

/** All facts of a stack, or the keys of those that nothing states. */
export function wholeFacts(
  stated: StatedFacts,
): {readonly facts: StackFacts} | {readonly missing: readonly string[]} {
  const missing = missingIn(allFacts, stated);
  if (missing.length > 0) return {missing};
  return {facts: {...(stated as StackFacts), measuredRange: stated.measuredRange ?? null}};
}

function missingIn({members, otherwise}: FactGroup, facts: Facts): string[] {
  return Object.entries(members).flatMap(([name, field]) => {
    const fact = facts[name];
    if (field.kind === 'group') {
      return missingIn(field, isMap(fact) ? fact : {}).map(key => `${yamlKey(name)}.${key}`);
    }
    const mayBeAbsent = field.kind === 'range' || (otherwise !== null && name !== otherwise);
    return fact === undefined && !mayBeAbsent ? [yamlKey(name)] : [];
  });
}

function isMap(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
