import {basename, dirname, extname, resolve} from 'node:path';
import {check} from '../schema/check.js';
import {modelFileSchema} from '../schema/model-schema.js';
import {locateFinding, locateProblem, parseSource, type Source} from '../source.js';
import {makeTransformer} from './make-transformer.js';
import {modelFindings} from './model-findings.js';
import type {ModelRead} from './model-profile.js';
import {isFamily, readFamilyModel} from './read-family.js';

/**
 * Reads the text of a model file in this project's own formats or in that of Hugging Face.
 *
 * @param preset name of the model in a file that holds a family
 */
export async function readModelText(
  path: string,
  text: string,
  preset: string | null = null,
): Promise<ModelRead> {
  const read = parseSource(path, text);
  if (!('source' in read)) return {problems: read.problems};
  const {source, value, problems} = read;
  if (problems.length > 0) return {problems};
  if (isFamily(value)) return readFamilyModel(source, value, preset);
  if (isHuggingFace(value)) return readHuggingFace(source, value);
  const checked = await check(modelFileSchema, value);
  if ('findings' in checked)
    return {problems: checked.findings.map(finding => locateFinding(source, finding))};
  const findings = modelFindings(checked.value);
  if (findings.length > 0) return {problems: findings.map(finding => locateFinding(source, finding))};
  const model = makeTransformer(checked.value, nameOf(path));
  return {profile: {model, source: checked.value.source ?? null, ...ownFile}};
}

const ownFile = {family: null, hub: []} as const;

function isHuggingFace(value: unknown): value is object {
  return typeof value === 'object' && value !== null && ('model_type' in value || 'architectures' in value);
}

async function readHuggingFace(source: Source, config: object): Promise<ModelRead> {
  const {importHuggingFace} = await import('../../import/hugging-face.js');
  const imported = importHuggingFace(config, nameOf(source.path));
  if ('problems' in imported) {
    return {problems: imported.problems.map(problem => locateProblem(source, problem))};
  }
  return {profile: {model: imported.model, source: 'Hugging Face config.json', ...ownFile}};
}

/** A config.json is named after its folder, any other file after itself. */
function nameOf(path: string): string {
  const name = basename(path, extname(path));
  if (name !== 'config') return name;
  return basename(dirname(resolve(path))) || name;
}
