import type {Setting} from './config-fragment.js';
import {commentLines, describeRun, generalNotes} from './description.js';
import type {ExportedText, LaunchTarget, PlannedRun} from './export-target.js';
import {megatronFragment} from './megatron/megatron.js';

/**
 * A Python function for NeMo 2: fields of `nemo.lightning.MegatronStrategy`, of Megatron-Core's
 * `DistributedDataParallelConfig` and of the model's `TransformerConfig` (of 2025). Recipes are
 * configurations of nemo_run, and so is what is put into them, as in nemo/collections/llm/recipes.
 */
export const nemo: LaunchTarget = {
  of: 'layout',
  summary: 'a Python function for NeMo 2 (strategy, trainer, batch)',
  comments: true,
  framework: 'nemo',
  write: writeNemo,
};

/** Arguments of Megatron-LM that NeMo has as fields, by the record that holds them. */
const fieldNames: Readonly<Record<string, readonly [record: string, field: string]>> = {
  '--tensor-model-parallel-size': ['strategy', 'tensor_model_parallel_size'],
  '--pipeline-model-parallel-size': ['strategy', 'pipeline_model_parallel_size'],
  '--num-virtual-stages-per-pipeline-rank': ['strategy', 'virtual_pipeline_model_parallel_size'],
  '--pipeline-model-parallel-layout': ['model', 'pipeline_model_parallel_layout'],
  '--context-parallel-size': ['strategy', 'context_parallel_size'],
  '--cp-comm-type': ['model', 'cp_comm_type'],
  '--sequence-parallel': ['strategy', 'sequence_parallel'],
  '--expert-model-parallel-size': ['strategy', 'expert_model_parallel_size'],
  '--expert-tensor-parallel-size': ['strategy', 'expert_tensor_parallel_size'],
  '--use-tp-pp-dp-mapping': ['strategy', 'use_tp_pp_dp_mapping'],
  '--num-distributed-optimizer-instances': ['ddp', 'num_distributed_optimizer_instances'],
  '--use-distributed-optimizer': ['ddp', 'use_distributed_optimizer'],
  '--overlap-grad-reduce': ['ddp', 'overlap_grad_reduce'],
  '--overlap-param-gather': ['ddp', 'overlap_param_gather'],
  '--use-megatron-fsdp': ['ddp', 'use_megatron_fsdp'],
  '--data-parallel-sharding-strategy': ['ddp', 'data_parallel_sharding_strategy'],
  '--recompute-granularity': ['model', 'recompute_granularity'],
  '--recompute-method': ['model', 'recompute_method'],
  '--recompute-num-layers': ['model', 'recompute_num_layers'],
  '--cpu-offloading-num-layers': ['model', 'cpu_offloading_num_layers'],
};

const plugins = {
  bf16: 'bf16-mixed',
  fp16: '16-mixed',
  fp32: '32',
  tf32: '32',
  fp8: 'bf16-mixed',
  mxfp8: 'bf16-mixed',
  nvfp4: 'bf16-mixed',
  int8: 'bf16-mixed',
} as const;

/** What stages send each other; without it a strategy of several stages does not start. */
const messageTypes = {
  bf16: 'bfloat16',
  fp16: 'float16',
  fp32: 'float32',
  tf32: 'float32',
  fp8: 'bfloat16',
  mxfp8: 'bfloat16',
  nvfp4: 'bfloat16',
  int8: 'bfloat16',
} as const;

function writeNemo(run: PlannedRun): ExportedText {
  const {plan, layout} = run;
  const fragment = megatronFragment(run);
  const {training, cluster} = plan;
  const {devicesPerNode, numDevices} = cluster;
  const perNode = Math.min(devicesPerNode, numDevices);
  const narrow = ['fp8', 'mxfp8', 'nvfp4'].includes(training.precision);
  const notes = [
    ...generalNotes(run),
    `the shape of the model is that of the recipe you take: ${plan.model.numLayers} layers of ${plan.model.hiddenSize}`,
    ...(layout.asyncTensor ? ['tensor overlap: add MegatronCommOverlapCallback(tp_comm_overlap=True)'] : []),
    ...(narrow ? [`products in ${training.precision}: choose its recipe in MegatronMixedPrecision`] : []),
    ...(layout.offload.startsWith('optimizer')
      ? ['the offloaded optimizer: OptimizerConfig(optimizer_cpu_offload=True)']
      : []),
    ...((training.batchRamp ?? []).length > 0 ? ['the smaller batches at the start are not in it'] : []),
  ];
  const text = [
    ...commentLines(describeRun(run)),
    ...commentLines(notes.map(note => `note: ${note}`)),
    'import nemo_run as run',
    'import torch',
    'from megatron.core.distributed import DistributedDataParallelConfig',
    'from nemo import lightning as nl',
    '',
    '',
    'def planned(recipe):',
    '    """The planned layout over a pre-training recipe of NeMo."""',
    '    recipe.trainer.strategy = run.Config(',
    '        nl.MegatronStrategy,',
    ...fields(fragment.settings, 'strategy').map(field => `        ${field},`),
    `        pipeline_dtype=torch.${messageTypes[training.precision]},`,
    '        ddp=run.Config(',
    '            DistributedDataParallelConfig,',
    ...fields(fragment.settings, 'ddp').map(field => `            ${field},`),
    '        ),',
    '    )',
    `    recipe.trainer.num_nodes = ${Math.ceil(numDevices / perNode)}`,
    `    recipe.trainer.devices = ${perNode}`,
    `    recipe.trainer.max_steps = ${run.run.steps}`,
    `    recipe.trainer.plugins = run.Config(nl.MegatronMixedPrecision, precision="${plugins[training.precision]}")`,
    `    recipe.data.seq_length = ${training.sequenceLength}`,
    `    recipe.data.global_batch_size = ${training.globalBatch}`,
    `    recipe.data.micro_batch_size = ${layout.microBatch}`,
    ...fields(fragment.settings, 'model').map(
      field => `    recipe.model.config.${field.replace('=', ' = ')}`,
    ),
    '    return recipe',
  ];
  return {text: `${text.join('\n')}\n`, notes};
}

function fields(settings: readonly Setting[], record: string): string[] {
  return settings.flatMap(([flag, value = true]) => {
    const [own, field] = fieldNames[flag] ?? [];
    if (own !== record || field === undefined) return [];
    return [
      `${field}=${value === true ? 'True' : typeof value === 'number' ? value : JSON.stringify(value)}`,
    ];
  });
}
