import type {Layout} from '../../layout/layout.js';
import type {RuleSubject} from '../../layout/rule.js';
import type {RecipeDefaults} from '../framework.js';

const tables = /nemo|megatron-(core|bridge)/i;
const source = 'recipes of NVIDIA/NeMo and NVIDIA-NeMo/Megatron-Bridge, 2024 and 2025';

/** Performance recipes of both switch `grad_reduce_in_fp32` off. */
const gradientBytes = 2;

/** NVIDIA's recipes interleave stages, shard the optimizer, overlap its communication and split sequences. */
export const bridgeRecipeDefaults: RecipeDefaults = {
  tables,
  source,
  gradientBytes,
  fields: recipeFields,
  // `cpu_offloading_num_layers` of the recipes of Llama 3 70B and 405B under FSDP.
  savings: ({sharding, pipeline}) =>
    sharding === 'parameters' && pipeline === 1 ? {offload: 'activations'} : {},
};

/** Recipes before Megatron-Bridge divide experts over tensor ranks as Megatron-Core does by default. */
export const coreRecipeDefaults: RecipeDefaults = {
  tables,
  source,
  gradientBytes,
  fields: (layout, subject) => ({...recipeFields(layout, subject), ...dividedExperts(layout)}),
};

function recipeFields(layout: Layout, subject: RuleSubject): Partial<Layout> {
  return {
    ...interleavedStages(layout, subject),
    sharding: 'optimizer',
    overlapGradients: true,
    overlapParameters: true,
    ...(layout.tensor > 1 ? {sequenceParallel: true} : {}),
  };
}

/** Chunks of one or two layers, where layers and micro-batches divide. */
function interleavedStages(
  {pipeline, data, microBatch}: Layout,
  {model, training}: RuleSubject,
): Partial<Layout> {
  const layers = model.numLayers / pipeline;
  const rounds = training.globalBatch / (data * microBatch * pipeline);
  if (pipeline === 1 || layers <= 1 || !Number.isInteger(layers) || !Number.isInteger(rounds)) return {};
  return {
    virtualStages: layers % 2 === 0 && layers > 2 ? layers / 2 : layers,
    schedule: 'interleaved',
  };
}

function dividedExperts({tensor, data, context, expert}: Layout): Partial<Layout> {
  const isDivided = expert > 1 && tensor > 1 && Number.isInteger((data * context) / expert);
  return isDivided ? {expertTensor: tensor} : {};
}
