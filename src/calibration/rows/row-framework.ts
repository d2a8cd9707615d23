import type {Layout} from '../../layout/layout.js';
import type {Transformer} from '../../model/transformer.js';
import type {RawRun} from './columns.js';
import type {LaidOutRun} from './row-layout.js';

/** What the framework that a row names decides where the row states nothing. */
export interface RowFramework {
  /** As tables name it, with the release of the container where the source names it. */
  readonly name: string;
  /** Whether its flash kernel is that of the device's generation, as its stack has it. */
  readonly generationsFlash: boolean;
  /** Whether its compiler takes the loss too. */
  readonly compilesLoss: boolean;
  /** Choices of its recipes that the row leaves open, each with an assumption in words. */
  readonly recipeDefaults: (
    run: LaidOutRun,
    layout: Layout,
    model: Transformer,
  ) => {readonly choices: Partial<Layout>; readonly assumptions: readonly string[]};
}

export function rowFramework({framework, source}: RawRun): RowFramework {
  const name = framework ?? '';
  const release = /\b(\d\d\.\d\d)(?:\.\d+)? NeMo Container\b/.exec(source ?? '')?.[1];
  const isNvidia = /nemo|megatron-(core|bridge)/i.test(name);
  // torchtitan compiles the loss with the layers from 2025 on; before, it failed (pytorch/torchtitan,
  // train.py of December 2024 and torchtitan/components/loss.py). Its benchmark pages carry their month.
  const year = Number(/_(20\d\d)-?\d\d_/.exec(source ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
  return {
    name: release === undefined ? name : `${name} ${release}`,
    generationsFlash: isNvidia || /maxtext|jax|primus/i.test(name),
    compilesLoss: /torchtitan/i.test(name) && year >= 2025,
    recipeDefaults: (run, layout, model) =>
      isNvidia
        ? nvidiaRecipe(run, layout, {model, sharesExperts: !/bridge/i.test(name)})
        : {choices: {}, assumptions: []},
  };
}

/**
 * NVIDIA's recipes shard the optimizer and split sequences over tensor ranks; where their tables are silent,
 * that is what ran. Megatron-Bridge and NeMo, recipes of 2024 and 2025.
 *
 * @param sharesExperts Megatron-Core divides experts over tensor ranks too, unless a recipe sets another degree
 */
function nvidiaRecipe(
  run: LaidOutRun,
  {tensor, pipeline, data, context, expert, microBatch}: Layout,
  {model, sharesExperts}: {readonly model: Transformer; readonly sharesExperts: boolean},
): ReturnType<RowFramework['recipeDefaults']> {
  const choices: {-readonly [Field in keyof Layout]?: Layout[Field]} = {};
  const assumptions: string[] = [];
  const layers = model.numLayers / pipeline;
  const rounds = run.globalBatch / (data * microBatch * pipeline);
  const divides = Number.isInteger(layers) && Number.isInteger(rounds);
  if (run.virtualStages === null && pipeline > 1 && divides && layers > 1) {
    choices.virtualStages = layers % 2 === 0 && layers > 2 ? layers / 2 : layers;
    choices.schedule = 'interleaved';
    assumptions.push('virtual stages not stated: taken as chunks of one or two layers');
  }
  if (run.sharding === null) {
    choices.sharding = 'optimizer';
    assumptions.push('sharding not stated: taken as optimizer');
  }
  if (run.sequenceParallel === null && tensor > 1) {
    choices.sequenceParallel = true;
    assumptions.push('sequence parallel not stated: taken as on');
  }
  const isOpen = run.expertTensor === null && expert > 1 && tensor > 1;
  if (sharesExperts && isOpen && Number.isInteger((data * context) / expert)) {
    choices.expertTensor = tensor;
    assumptions.push('tensor degree of experts not stated: taken as that of the layers');
  }
  return {choices, assumptions};
}
