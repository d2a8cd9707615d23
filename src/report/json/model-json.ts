import type {ModelView} from '../model-view.js';

/** A model as other programs read it. Pure data. */
export function modelJson(view: ModelView, version: string) {
  const {model, source, hub, sequenceLength, parameters, flopPerToken, sections} = view;
  const {name, ...shape} = model;
  return {
    walltime: version,
    name,
    source,
    hub,
    shape,
    parameters: {total: parameters.total, active: parameters.active, parts: parameters.parts},
    sequenceLength,
    flopPerToken,
    operators: sections,
  };
}
