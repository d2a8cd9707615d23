import * as z from 'zod';
import {precisions} from '../../cluster/accelerator.js';
import type {FittedTo} from '../../cluster/hardware-profile.js';
import {measuredFigures} from '../../frameworks/stack.js';
import {allFacts, type FactGroup, type StackField, yamlKey} from '../../frameworks/stack-fields.js';
import {readFacts, type StatedFacts} from '../../frameworks/stated-facts.js';
import {fields, flag, quantity, text, wholeNumber, word} from './fields.js';

/** Provenance of a figure, next to its value. */
const provenance = {
  source: text(),
  date: z.optional(text()),
  note: z.optional(text()),
  fitted_to: z.optional(text()),
};

/** `{value: 80 GiB, source: ...}`, read as its value. */
export function figure<Value>(schema: z.ZodType<Value>) {
  // TypeScript cannot resolve the key of a generic shape.
  return fields({value: schema, ...provenance}).transform(
    record => (record as {readonly value: Value}).value,
  );
}

/** A figure, or its value alone. */
export function stated<Value>(schema: z.ZodType<Value>) {
  return z.union([schema, figure(schema)]);
}

/** A map of figures that share one source. */
export const group = <const Shape extends z.core.$ZodShape>(shape: Shape) =>
  fields({
    ...shape,
    source: z.optional(text()),
    date: z.optional(text()),
    note: z.optional(text()),
    fitted_to: z.optional(text()),
  });

/** One optional field for each precision. */
export function byPrecision<Schema extends z.ZodType>(schema: Schema) {
  const optional = z.optional(schema);
  const shape = Object.fromEntries(precisions.map(precision => [precision, optional]));
  return shape as Record<(typeof precisions)[number], typeof optional>;
}

/** Content of one stack in a file. */
export interface StackStatement {
  /** Stack whose facts hold where this one states none. */
  readonly extends: string | null;
  readonly description: string | null;
  readonly fittedTo: FittedTo | null;
  readonly facts: StatedFacts;
}

const stackShape = {
  extends: z.optional(text()).describe('stack whose facts hold where this one states none; absent: generic'),
  description: z.optional(text()),
  fitted_to: z.optional(
    z.union([text(), fields({file: text(), rows: z.optional(z.array(z.union([z.string(), z.number()])))})]),
  ),
  ...factShape(allFacts),
};

/** Facts of a software stack; whatever is absent is inherited. */
export const stackSchema = fields(stackShape).transform(stackStatement);

/** hardware-profiles/frameworks/<name>.yaml: a framework that every machine can run. */
export const frameworkSchema = fields({
  'walltime-framework': z.literal(1),
  sources: z.optional(z.record(z.string(), text())).describe('short names for the sources that figures cite'),
  ...stackShape,
  fitted_with: z
    .optional(text())
    .describe('stack that this one extends, whose constants its runs are fitted with; absent: its own'),
  machines: z
    .optional(z.record(z.string(), stackSchema))
    .describe('facts that hold on one machine, by its name'),
  fitted: z
    .optional(z.record(z.string(), stackSchema))
    .describe('constants fitted to measured runs, by machine; any-machine where a machine has none'),
}).transform(
  ({'walltime-framework': _, sources = {}, fitted_with, machines = {}, fitted = {}, ...stated}) => ({
    sources,
    fittedWith: fitted_with ?? null,
    machines,
    fitted,
    stated: stackStatement(stated),
  }),
);

type StackYaml = z.output<ReturnType<typeof fields<typeof stackShape>>>;

function stackStatement({extends: parent, description, fitted_to, ...facts}: StackYaml): StackStatement {
  return {
    extends: parent ?? null,
    description: description ?? null,
    fittedTo: fittedTo(fitted_to),
    facts: readFacts(facts),
  };
}

function fittedTo(fit: StackYaml['fitted_to']): FittedTo | null {
  if (fit === undefined) return null;
  if (typeof fit === 'string') return {file: fit, rows: []};
  return {file: fit.file, rows: (fit.rows ?? []).map(String)};
}

/** One optional field for each member of a group, by its key in YAML. */
function factShape({members, sources}: FactGroup): Record<string, z.ZodType> {
  const shape = Object.entries(members).map(([name, field]) => {
    const schema = factSchema(field);
    const isBare = sources === 'together' || field.kind === 'group' || field.kind === 'range';
    return [yamlKey(name), z.optional(isBare ? schema : stated(schema))];
  });
  return Object.fromEntries(shape);
}

function factSchema(field: StackField): z.ZodType {
  switch (field.kind) {
    case 'number': {
      const sign = field.mayBeZero ? 'not negative' : 'positive';
      const most = field.most === null ? {} : {maximum: field.most};
      return quantity(field.dimension, {sign, whole: field.isWhole, ...most});
    }
    case 'bits':
      return field.choices === null ? wholeNumber() : z.literal([...field.choices]);
    case 'word':
      return word(field.words);
    case 'words': {
      const list = z.array(word(field.words));
      return field.mayBeEmpty ? list : list.check(z.minLength(1));
    }
    case 'flag':
      return flag();
    case 'range': {
      const span = z.optional(z.union([z.number(), z.tuple([z.number(), z.number()])]));
      const figures = measuredFigures.map(figure => [yamlKey(figure), span]);
      return group(Object.fromEntries(figures)).describe(field.description);
    }
    case 'group':
      return groupSchema(field);
  }
}

function groupSchema(facts: FactGroup): z.ZodType {
  const {members, otherwise, description} = facts;
  const alone = otherwise === null ? undefined : members[otherwise];
  const value = alone && factSchema(alone);
  const map = group({...factShape(facts), ...(value && {value: z.optional(value)})});
  const schema = value === undefined ? map : z.union([value, map]);
  return description === null ? schema : schema.describe(description);
}
