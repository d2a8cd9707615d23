import type {Transformer} from '../model/transformer.js';
import {architectures, otherKinds, partsBeyondModelFiles} from './hugging-face/architectures.js';
import {type ConfigFields, configFields, type ImportProblem, isValues} from './hugging-face/config-fields.js';

export type Imported = ImportedModel | {readonly problems: readonly ImportProblem[]};

export interface ImportedModel {
  readonly model: Transformer;
  /** Sections of vision and audio parts, which were left out. */
  readonly leftOut: readonly string[];
}

/**
 * The model that a Hugging Face `config.json` describes, or everything that is wrong with it.
 *
 * Vision and audio parts of a model are left out: only its language model is read.
 *
 * @param config the parsed file
 */
export function importHuggingFace(config: unknown, name: string): Imported {
  if (!isValues(config)) {
    return refuse('', 'is not a map of fields', 'give the config.json of a Hugging Face model');
  }
  const problems: ImportProblem[] = [];
  const whole = configFields(config, problems);
  const outerType = whole.maybeText('model_type');
  const text = textPart(whole);
  const type = text === whole ? outerType : (text.maybeText('model_type') ?? outerType);
  if (problems.length > 0) return {problems};
  if (type === null) {
    return refuse('model_type', 'is missing', 'give the config.json of a Hugging Face model');
  }
  const reader = own(architectures, type);
  const isOther = outerType !== null && own(otherKinds, outerType) !== undefined;
  if (reader === undefined || isOther) return refuseType(isOther ? outerType : type, config);
  const model = reader(text);
  if (model.numLayers > mostLayers) {
    text.report('num_hidden_layers', `${model.numLayers} is above ${mostLayers}`, 'give fewer layers');
  }
  return problems.length > 0
    ? {problems}
    : {model: {name, ...model}, leftOut: otherParts.filter(part => whole.has(part))};
}

/** Far above any model: what is larger is a mistake, and lists of layers are kept in memory. */
const mostLayers = 10_000;

const otherParts = ['vision_config', 'audio_config', 'img_processor'];

/** Fields of the language model; whether its embeddings are tied may stand outside its section. */
function textPart(config: ConfigFields): ConfigFields {
  if (!config.has('text_config')) return config;
  const text = config.section('text_config');
  return config.has('tie_word_embeddings')
    ? text.withDefaults({tie_word_embeddings: config.flagOr('tie_word_embeddings', false)})
    : text;
}

function refuse(path: string, message: string, hint: string): Imported {
  return {problems: [{path, message, hint}]};
}

function refuseType(type: string, config: Readonly<Record<string, unknown>>): Imported {
  const kind =
    own(otherKinds, type) ?? (config.is_encoder_decoder === true ? 'an encoder and a decoder' : null);
  if (kind !== null) {
    return refuse(
      'model_type',
      `${type} is ${kind}, not a decoder-only transformer`,
      'only decoder-only language models can be planned',
    );
  }
  const part = own(partsBeyondModelFiles, type);
  if (part !== undefined) {
    return refuse(
      'model_type',
      `${type} has ${part}, which a model file cannot say yet`,
      'describe the nearest transformer in a model file of its own',
    );
  }
  return refuse(
    'model_type',
    `${type} is not a family that can be read`,
    `known are ${Object.keys(architectures).join(', ')}; describe any other in a model file of its own`,
  );
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
