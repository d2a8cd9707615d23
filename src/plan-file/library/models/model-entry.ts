import {countParameters} from '../../../model/parameters.js';
import type {ModelProfile} from '../../models/model-profile.js';

/** What lists and the resolver of names know of a model, without reading it whole. */
export interface ModelEntry {
  /** What plans write. */
  readonly name: string;
  /** What reports print. */
  readonly title: string;
  readonly family: string;
  /** Named after a measured table, not by a publisher. */
  readonly measured: boolean;
  /** Repositories of the Hugging Face hub, each a name of the model too. */
  readonly hub: readonly string[];
  /** Without multi-token prediction, as sizes are published. */
  readonly parameters: number;
  readonly activeParameters: number;
  readonly layers: number;
  readonly hiddenSize: number;
  readonly vocabularySize: number;
  /** Tokens that local layers see; null where all layers see the whole sequence. */
  readonly window: number | null;
}

export function modelEntry(name: string, {model, family, hub}: ModelProfile, measured: boolean): ModelEntry {
  const {total, active, parts} = countParameters(model);
  const {span} = model.attention;
  return {
    name,
    title: model.name,
    family: family ?? model.name,
    measured,
    hub,
    parameters: total - parts.multiTokenPrediction,
    activeParameters: active,
    layers: model.numLayers,
    hiddenSize: model.hiddenSize,
    vocabularySize: model.vocabularySize,
    window: span.kind === 'full' ? null : span.tokens,
  };
}
