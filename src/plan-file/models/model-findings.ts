import type {ModelFields} from '../schema/model-schema.js';
import type {Finding} from '../source.js';

/** What does not hold between the fields of a model, each of which is right by itself. */
export function modelFindings(model: ModelFields): Finding[] {
  const findings: Finding[] = [];
  const add = (path: string[], message: string, hint: string) =>
    findings.push({path, at: 'value', message, hint});
  const {heads, kv_heads, head_size, latent: latentFields, window, chunk} = model.attention;
  if (latentFields === undefined && head_size === undefined && model.hidden % heads !== 0) {
    add(
      ['attention', 'heads'],
      `${heads} heads do not divide a hidden size of ${model.hidden}`,
      'give attention.head_size',
    );
  }
  if (kv_heads !== undefined && heads % kv_heads !== 0) {
    add(['attention', 'kv_heads'], `${kv_heads} does not divide ${heads} heads`, 'choose a divisor of heads');
  }
  if (latentFields !== undefined) {
    for (const key of ['kv_heads', 'head_size', 'bias', 'query_key_norm', 'sinks'] as const) {
      if (model.attention[key] === undefined) continue;
      add(['attention', key], 'has no meaning with latent attention', 'take it out');
    }
  }
  if (window !== undefined && chunk !== undefined) {
    add(['attention', 'chunk'], 'a layer has a window or a chunk, not both', 'keep one of them');
  }
  if (model.mlp?.hidden === undefined && model.experts === undefined) {
    add(['mlp', 'hidden'], 'is missing', 'write a whole number');
  }
  if (model.experts !== undefined && model.experts.top_k > model.experts.count) {
    const {top_k, count} = model.experts;
    add(['experts', 'top_k'], `${top_k} is above the ${count} experts`, `choose at most ${count}`);
  }
  const groups = model.experts?.groups;
  if (groups !== undefined && groups.chosen > groups.count) {
    add(
      ['experts', 'groups', 'chosen'],
      `${groups.chosen} is above the ${groups.count} groups`,
      `choose at most ${groups.count}`,
    );
  }
  if (model.experts?.dense_layers !== undefined && model.experts.dense_layers > model.layers) {
    add(
      ['experts', 'dense_layers'],
      `${model.experts.dense_layers} is above the ${model.layers} layers`,
      'choose fewer',
    );
  }
  return findings;
}
