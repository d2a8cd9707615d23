import type {Transformer} from '../model/transformer.js';
import {configFields, type ImportProblem, isValues} from './hugging-face/config-fields.js';
import {families, otherKinds} from './hugging-face/families.js';

export type Imported = {readonly model: Transformer} | {readonly problems: readonly ImportProblem[]};

/**
 * The model that a Hugging Face `config.json` describes, or everything that is wrong with it.
 *
 * Vision and audio parts of a model with a `text_config` are left out: only its language model is read.
 *
 * @param config the parsed file
 */
export function importHuggingFace(config: unknown, name: string): Imported {
  if (!isValues(config)) {
    return refuse('', 'is not a map of fields', 'give the config.json of a Hugging Face model');
  }
  const problems: ImportProblem[] = [];
  const fields = configFields(config, problems);
  const type = fields.maybeText('model_type');
  if (problems.length > 0) return {problems};
  if (type === null) {
    return refuse('model_type', 'is missing', 'give the config.json of a Hugging Face model');
  }
  const family = Object.hasOwn(families, type) ? families[type] : undefined;
  if (family === undefined) return refuseType(type, config);
  const model = family(fields);
  if (model.numLayers > mostLayers) {
    fields.report('num_hidden_layers', `${model.numLayers} is above ${mostLayers}`, 'give fewer layers');
  }
  return problems.length > 0 ? {problems} : {model: {name, ...model}};
}

/** Far above any model: what is larger is a mistake, and lists of layers are kept in memory. */
const mostLayers = 10_000;

function refuse(path: string, message: string, hint: string): Imported {
  return {problems: [{path, message, hint}]};
}

function refuseType(type: string, config: Readonly<Record<string, unknown>>): Imported {
  const kind = Object.hasOwn(otherKinds, type) ? otherKinds[type] : undefined;
  const other = kind ?? (config.is_encoder_decoder === true ? 'an encoder and a decoder' : null);
  if (other !== null) {
    return refuse(
      'model_type',
      `${type} is ${other}, not a decoder-only transformer`,
      'only decoder-only language models can be planned',
    );
  }
  return refuse(
    'model_type',
    `${type} is not a family that can be read`,
    `known are ${Object.keys(families).join(', ')}; describe any other in a model file of its own`,
  );
}
