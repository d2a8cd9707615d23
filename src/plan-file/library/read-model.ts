import {basename, dirname, extname, resolve} from 'node:path';
import type {Transformer} from '../../model/transformer.js';
import {modelFindings} from '../findings/model-findings.js';
import {makeTransformer} from '../make-transformer.js';
import type {Problem} from '../problem.js';
import {check} from '../schema/check.js';
import {modelFileSchema} from '../schema/model-schema.js';
import {locateFinding, locateProblem, parseSource, type Source} from '../source.js';

/** A model with what its file tells beyond the shape. */
export interface ModelProfile {
  readonly model: Transformer;
  readonly source: string | null;
  /** As published; tests compare it with the count that the shape gives. */
  readonly publishedParameters: PublishedParameters | null;
}

export interface PublishedParameters {
  readonly total: number;
  /** Parameters that one token meets, of a mixture of experts. */
  readonly active: number | null;
  readonly source: string | null;
}

export type ModelRead = {readonly profile: ModelProfile} | {readonly problems: readonly Problem[]};

/** Reads the text of a model file in this project's own format or in that of Hugging Face. */
export async function readModelText(path: string, text: string): Promise<ModelRead> {
  const read = parseSource(path, text);
  if (!('source' in read)) return {problems: read.problems};
  const {source, value, problems} = read;
  if (problems.length > 0) return {problems};
  if (isHuggingFace(value)) return readHuggingFace(source, value);
  const checked = await check(modelFileSchema, value);
  if ('findings' in checked)
    return {problems: checked.findings.map(finding => locateFinding(source, finding))};
  const findings = modelFindings(checked.value);
  if (findings.length > 0) return {problems: findings.map(finding => locateFinding(source, finding))};
  const published = checked.value.published_parameters;
  return {
    profile: {
      model: makeTransformer(checked.value, nameOf(path)),
      source: checked.value.source ?? null,
      publishedParameters:
        published === undefined
          ? null
          : {total: published.total, active: published.active ?? null, source: published.source ?? null},
    },
  };
}

function isHuggingFace(value: unknown): value is object {
  return typeof value === 'object' && value !== null && ('model_type' in value || 'architectures' in value);
}

async function readHuggingFace(source: Source, config: object): Promise<ModelRead> {
  const {importHuggingFace} = await import('../../import/hugging-face.js');
  const imported = importHuggingFace(config, nameOf(source.path));
  if ('problems' in imported) {
    return {problems: imported.problems.map(problem => locateProblem(source, problem))};
  }
  return {profile: {model: imported.model, source: 'Hugging Face config.json', publishedParameters: null}};
}

/** A config.json is named after its folder, any other file after itself. */
function nameOf(path: string): string {
  const name = basename(path, extname(path));
  if (name !== 'config') return name;
  return basename(dirname(resolve(path))) || name;
}
