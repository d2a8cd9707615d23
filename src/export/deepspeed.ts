import {isSelective, statedLayers} from '../layout/layout.js';
import {groupFor} from '../layout/placement.js';
import type {Optimizer} from '../plan/training.js';
import {
  type ConfigFragment,
  concatFragments,
  fragment,
  note,
  noteWhen,
  type Setting,
  when,
} from './config-fragment.js';
import {generalNotes} from './description.js';
import type {ExportedText, LaunchTarget, PlannedRun} from './export-target.js';

/**
 * The JSON configuration of DeepSpeed. Names: deepspeedai/DeepSpeed at edaa722, deepspeed/runtime/config.py
 * and deepspeed/runtime/zero/config.py.
 */
export const deepspeed: LaunchTarget = {
  of: 'layout',
  summary: 'the JSON configuration of DeepSpeed',
  comments: false,
  framework: 'deepspeed',
  write: writeDeepspeed,
};

const stages = {none: 0, optimizer: 1, gradients: 2, parameters: 3} as const;

const optimizerTypes: Readonly<Partial<Record<Optimizer, string>>> = {
  adam: 'AdamW',
  lion: 'Lion',
  muon: 'Muon',
};

function writeDeepspeed(run: PlannedRun): ExportedText {
  const all = concatFragments([batch(run), sharding(run), numbers(run), degrees(run), recompute(run)]);
  return {
    text: `${JSON.stringify(nested(all.settings), null, 2)}\n`,
    notes: [...generalNotes(run), ...all.notes],
  };
}

function batch({plan, layout, estimate, run}: PlannedRun): ConfigFragment {
  return concatFragments([
    fragment([
      ['train_batch_size', plan.training.globalBatch],
      ['train_micro_batch_size_per_gpu', layout.microBatch],
      ['gradient_accumulation_steps', estimate.numMicrobatches],
    ]),
    note(`the length of the run is not in it: ${run.steps} steps of ${plan.training.sequenceLength} tokens`),
    ...noteWhen(
      (plan.training.batchRamp ?? []).length > 0,
      'the smaller batches at the start are not in it: DeepSpeed has one batch',
    ),
  ]);
}

function sharding({plan, layout}: PlannedRun): ConfigFragment {
  const {software} = plan.cluster;
  const {sharding: kind, offload, overlapGradients} = layout;
  const ranks = layout.data * layout.context;
  const group = groupFor(plan.cluster, layout, 'shard').size;
  const states = offload === 'optimizer' || offload === 'optimizer-and-activations';
  return concatFragments([
    fragment([
      ['zero_optimization.stage', stages[kind]],
      ...when(
        kind !== 'none',
        ['zero_optimization.overlap_comm', overlapGradients],
        ['zero_optimization.reduce_bucket_size', software.reduction.bucket],
      ),
      ...when(kind === 'parameters' && group < ranks, ['zero_optimization.mics_shard_size', group]),
      ...when(states, ['zero_optimization.offload_optimizer.device', 'cpu']),
    ]),
  ]);
}

function numbers({plan}: PlannedRun): ConfigFragment {
  const {precision, optimizer, gradientBytes} = plan.training;
  const {software} = plan.cluster;
  const type = optimizerTypes[optimizer];
  const half = precision === 'bf16' || precision === 'fp16';
  const accumulatorBytes = gradientBytes ?? software.gradientBytes;
  return concatFragments([
    fragment(when(type !== undefined, ['optimizer.type', type ?? ''])),
    fragment([
      ...when(half, [`${precision}.enabled`, true]),
      ...when(
        half,
        ['data_types.grad_accum_dtype', accumulatorBytes === 4 ? 'fp32' : precision],
        ['communication_data_type', software.gradientReduceBytes === 4 ? 'fp32' : precision],
      ),
    ]),
  ]);
}

/** Degrees that the launching program sets itself. */
function degrees({plan, layout}: PlannedRun): ConfigFragment {
  const {tensor, pipeline, expert} = layout;
  const megatron = plan.cluster.software.framework.startsWith('megatron');
  const byItself = tensor > 1 && pipeline === 1 && !megatron;
  const settings: Setting[] = byItself ? [['tensor_parallel.autotp_size', tensor]] : [];
  return concatFragments([
    fragment(settings),
    ...noteWhen(tensor > 1 && !byItself, `tensor ${tensor} is not in it: the model's mpu divides it`),
    ...noteWhen(pipeline > 1, `pipeline ${pipeline} is not in it: PipelineModule(num_stages=${pipeline})`),
    ...noteWhen(expert > 1, `expert ${expert} is not in it: MoE(ep_size=${expert})`),
    ...noteWhen(layout.sequenceParallel, 'sequence parallel is not in it: the model splits sequences'),
  ]);
}

function recompute({plan, layout}: PlannedRun): ConfigFragment {
  const {recompute: what, offload} = layout;
  const layers = Math.ceil(plan.model.numLayers / layout.pipeline);
  const partly = statedLayers(what);
  const host = offload === 'activations' || offload === 'optimizer-and-activations';
  return concatFragments([
    fragment([
      ...when(what === 'full' || partly !== null, [
        'activation_checkpointing.number_checkpoints',
        partly ?? layers,
      ]),
      ...when(host, ['activation_checkpointing.cpu_checkpointing', true]),
    ]),
    ...noteWhen(
      what === 'full' || partly !== null,
      'layers recompute where the model calls deepspeed.checkpointing',
    ),
    ...noteWhen(
      isSelective(what) || (typeof what === 'object' && 'every' in what),
      'selective recomputation is not in it: the model does it',
    ),
  ]);
}

type Json = {[key: string]: Json | string | number | boolean};

function nested(settings: readonly Setting[]): Json {
  const root: Json = {};
  for (const [name, value = true] of settings) {
    const path = name.split('.');
    const last = path.pop() ?? '';
    let here = root;
    for (const key of path) {
      const next = here[key];
      const inside: Json = typeof next === 'object' ? next : {};
      here[key] = inside;
      here = inside;
    }
    here[last] = value;
  }
  return root;
}
