import type {Problem} from '../problem.js';
import {check} from '../schema/check.js';
import {type FamilyFields, inlineModelSchema, modelFamilySchema} from '../schema/model-schema.js';
import {type Finding, locateFinding, parseSource, type Source} from '../source.js';
import {makeTransformer} from './make-transformer.js';
import {modelFindings} from './model-findings.js';
import type {ModelProfile, ModelRead} from './model-profile.js';

/** Whether the value of a file is a family of models. */
export function isFamily(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'walltime-models' in value;
}

export type FamilyRead =
  | {readonly models: Readonly<Record<string, ModelProfile>>}
  | {readonly problems: readonly Problem[]};

/** Reads all models of a family. */
export async function readFamilyText(path: string, text: string): Promise<FamilyRead> {
  const read = parseSource(path, text);
  if (!('source' in read) || read.problems.length > 0) return {problems: read.problems};
  const {source, value} = read;
  const checked = await check(modelFamilySchema, value);
  if ('findings' in checked) return {problems: located(source, checked.findings)};
  const models: Record<string, ModelProfile> = {};
  const problems: Problem[] = [];
  for (const name of modelNames(value)) {
    const model = await makeModel(source, checked.value, name);
    if ('problems' in model) problems.push(...model.problems);
    else models[name] = model.profile;
  }
  return problems.length > 0 ? {problems} : {models};
}

/**
 * Reads one model of a family.
 *
 * @param name key of the model; null where a path led to the file, which then means none of its models
 */
export async function readFamilyModel(
  source: Source,
  value: unknown,
  name: string | null,
): Promise<ModelRead> {
  const checked = await check(modelFamilySchema, value);
  if ('findings' in checked) return {problems: located(source, checked.findings)};
  return name === null
    ? {problems: located(source, [holdsFamily(checked.value)])}
    : makeModel(source, checked.value, name);
}

async function makeModel(source: Source, family: FamilyFields, name: string): Promise<ModelRead> {
  const model = family.models[name];
  if (model === undefined) return {problems: located(source, [holdsFamily(family)])};
  const shape = shapeOf(family, name);
  if ('message' in shape) return {problems: located(source, [shape])};
  const failed = (findings: readonly Finding[]): ModelRead => ({
    problems: located(
      source,
      findings.map(finding => ({...finding, path: ['models', name, 'shape', ...finding.path]})),
    ),
  });
  const fields = await check(inlineModelSchema, {...shape.fields, name: model.name});
  if ('findings' in fields) return failed(fields.findings);
  const findings = modelFindings(fields.value);
  if (findings.length > 0) return failed(findings);
  return {
    profile: {
      model: makeTransformer(fields.value, name),
      source: model.source ?? family.source ?? null,
      family: family.family,
      hub: model.hub === undefined ? [] : [model.hub].flat(),
    },
  };
}

const located = (source: Source, findings: readonly Finding[]) =>
  findings.map(finding => locateFinding(source, finding));

/** Keys of `models` in the order of the file, which checking does not keep. */
function modelNames(value: unknown): string[] {
  return isMap(value) && isMap(value.models) ? Object.keys(value.models) : [];
}

function holdsFamily({models, family}: FamilyFields): Finding {
  return {
    path: ['models'],
    at: 'key',
    message: `holds ${Object.keys(models).length} models of ${family}`,
    hint: `name one of them: ${Object.keys(models).join(', ')}`,
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Facts of the family, then of the models that this one is like, then its own: later ones hold. */
function shapeOf({shape, models}: FamilyFields, name: string): {readonly fields: Fields} | Finding {
  const chain: string[] = [];
  for (let next: string | undefined = name; next !== undefined; next = models[next]?.like) {
    const at = {path: ['models', chain.at(-1) ?? name, 'like'], at: 'value'} as const;
    if (chain.includes(next)) {
      return {...at, message: `${[...chain, next].join(' like ')} goes round in a circle`, hint: 'break it'};
    }
    if (models[next] === undefined) {
      return {...at, message: `unknown model "${next}"`, hint: 'name a model of this file'};
    }
    chain.push(next);
  }
  const shapes = chain.reverse().map(key => models[key]?.shape ?? {});
  return {fields: shapes.reduce<Fields>(merge, shape ?? {})};
}

/** Maps are joined key by key; of anything else the second holds. */
function merge(first: Fields, second: Fields): Fields {
  const merged: Record<string, unknown> = {...first};
  for (const [key, value] of Object.entries(second)) {
    const before = merged[key];
    merged[key] = isMap(before) && isMap(value) ? merge(before, value) : value;
  }
  return merged;
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
