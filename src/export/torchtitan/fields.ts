import type {Precision} from '../../cluster/accelerator.js';
import type {ScheduleName} from '../../layout/layout.js';
import {groupFor} from '../../layout/placement.js';
import {
  type ConfigFragment,
  concatFragments,
  fragment,
  note,
  noteWhen,
  type Setting,
  when,
} from '../config-fragment.js';
import type {PlannedRun} from '../export-target.js';
import {stageModules} from './stage-modules.js';

/** torchtitan takes TOML files until 2026-02-23, and Python functions since. */
export type Era = 'toml' | 'python';

/** Names of schedules in torch.distributed.pipelining. */
const schedules: Readonly<Partial<Record<ScheduleName, string>>> = {
  gpipe: 'GPipe',
  '1f1b': '1F1B',
  interleaved: 'Interleaved1F1B',
  'zb-v': 'ZBVZeroBubble',
};

/**
 * Fields of torchtitan's configuration by section.
 *
 * Names: pytorch/torchtitan at b5bcd76, torchtitan/config/configs.py; for TOML at 238fa99,
 * torchtitan/config/job_config.py.
 */
export function torchtitanFields(run: PlannedRun, era: Era): ConfigFragment {
  return concatFragments([
    degrees(run, era),
    pipeline(run, era),
    training(run, era),
    memory(run),
    numbers(run),
    note(
      `the model is the one that you configure: ${run.plan.model.numLayers} layers of ${run.plan.model.hiddenSize}`,
    ),
  ]);
}

function degrees({plan, layout}: PlannedRun, era: Era): ConfigFragment {
  const {tensor, context, data, expert, expertTensor, sharding, sequenceParallel} = layout;
  const group = sharding === 'none' ? context : groupFor(plan.cluster, layout, 'shard').size;
  const shard = group / context;
  return concatFragments([
    fragment([
      ['parallelism.data_parallel_replicate_degree', data / shard],
      ['parallelism.data_parallel_shard_degree', shard],
      ...when(sharding === 'parameters', ['parallelism.fsdp_reshard_after_forward', 'always']),
      ...when(sharding === 'gradients', ['parallelism.fsdp_reshard_after_forward', 'never']),
      ['parallelism.tensor_parallel_degree', tensor],
      ...when(era === 'python' && tensor > 1, ['parallelism.enable_sequence_parallel', sequenceParallel]),
      ['parallelism.context_parallel_degree', context],
      ...when(plan.model.experts !== null, ['parallelism.expert_parallel_degree', expert]),
      ...when(era === 'toml' && plan.model.experts !== null, [
        'parallelism.expert_tensor_parallel_degree',
        expertTensor,
      ]),
      ...when(era === 'toml' && context > 1, [
        'parallelism.context_parallel_rotate_method',
        layout.contextExchange === 'ring' ? 'alltoall' : 'allgather',
      ]),
      ...when(
        layout.asyncTensor,
        ['compile.enable', true],
        [
          era === 'toml'
            ? 'parallelism.enable_async_tensor_parallel'
            : 'compile.enable_async_tensor_parallel',
          true,
        ],
      ),
    ]),
    ...noteWhen(
      era === 'python' && context > 1,
      `context ranks are to exchange by ${layout.contextExchange}: this torchtitan has no field for it`,
    ),
    ...noteWhen(context > 1 && !layout.causalBalancing, 'set context_parallel_load_balancer to None'),
  ]);
}

function pipeline({plan, layout, estimate}: PlannedRun, era: Era): ConfigFragment {
  const {pipeline: stages, virtualStages, schedule} = layout;
  if (stages === 1) return fragment([['parallelism.pipeline_parallel_degree', 1]]);
  const name = schedules[schedule];
  const slices = stages * (schedule === 'zb-v' ? 2 : virtualStages);
  const even = plan.model.numLayers % slices === 0;
  return concatFragments([
    fragment([
      ['parallelism.pipeline_parallel_degree', stages],
      ['parallelism.pipeline_parallel_schedule', name ?? ''],
      ...(even
        ? ([
            ['parallelism.pipeline_parallel_layers_per_stage', plan.model.numLayers / slices],
            ['parallelism.pipeline_parallel_first_stage_less_layers', 0],
            ['parallelism.pipeline_parallel_last_stage_less_layers', 0],
          ] satisfies Setting[])
        : ([['parallelism.module_fqns_per_model_part', stageModules(plan, slices)]] satisfies Setting[])),
      era === 'toml'
        ? ['parallelism.pipeline_parallel_microbatch_size', layout.microBatch]
        : ['parallelism.num_pp_microbatches', estimate.numMicrobatches],
    ]),
  ]);
}

function training({plan, layout, estimate, run}: PlannedRun, era: Era): ConfigFragment {
  const {sequenceLength, globalBatch, batchRamp = []} = plan.training;
  // A pipeline takes all micro-batches of a step from one local batch.
  const local = layout.microBatch * (layout.pipeline > 1 ? estimate.numMicrobatches : 1);
  return concatFragments([
    fragment(
      era === 'toml'
        ? [
            ['training.local_batch_size', local],
            ['training.global_batch_size', globalBatch],
            ['training.seq_len', sequenceLength],
            ['training.steps', run.steps],
          ]
        : [
            ['training.num_tokens_per_microbatch_per_dp_rank', layout.microBatch * sequenceLength],
            ['training.num_tokens_per_train_step', globalBatch * sequenceLength],
            ['training.max_context_length', sequenceLength],
            ['training.steps', run.steps],
          ],
    ),
    ...noteWhen(
      batchRamp.length > 0,
      'the smaller batches at the start are not in it: torchtitan has one batch',
    ),
  ]);
}

function memory({layout}: PlannedRun): ConfigFragment {
  const {recompute} = layout;
  const every = typeof recompute === 'object' && 'every' in recompute ? recompute.every : null;
  const mode = every === null ? (typeof recompute === 'object' ? 'none' : recompute) : 'selective';
  return concatFragments([
    fragment([
      ['activation_checkpoint.mode', mode],
      ...when(mode === 'selective', [
        'activation_checkpoint.selective_ac_option',
        every === null ? 'op' : String(every),
      ]),
    ]),
  ]);
}

const params: Readonly<Partial<Record<Precision, string>>> = {
  fp32: 'float32',
  tf32: 'float32',
  bf16: 'bfloat16',
  fp8: 'bfloat16',
  mxfp8: 'bfloat16',
};

function numbers({plan}: PlannedRun): ConfigFragment {
  const {precision} = plan.training;
  const param = params[precision];
  return concatFragments([
    fragment(when(param !== undefined, ['training.mixed_precision_param', param ?? ''])),
    ...noteWhen(
      precision === 'fp8' || precision === 'mxfp8',
      `products in ${precision} need torchtitan's converter of linear layers: add it to the model`,
    ),
    ...noteWhen(precision === 'tf32', 'products in tf32 need torch.set_float32_matmul_precision("high")'),
  ]);
}
