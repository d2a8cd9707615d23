import type {Precision} from '../cluster/accelerator.js';
import {groupFor} from '../layout/placement.js';
import {type ConfigFragment, concatFragments, noteWhen} from './config-fragment.js';
import {commentLines, describeRun, generalNotes} from './description.js';
import type {ExportedText, LaunchTarget, PlannedRun} from './export-target.js';

/**
 * The YAML of LLM Foundry's training script: fields as in mosaicml/llm-foundry, scripts/train/yamls/pretrain
 * (of 2024, recalled).
 */
export const llmFoundry: LaunchTarget = {
  of: 'layout',
  summary: "the YAML of LLM Foundry's train.py (PyTorch FSDP)",
  comments: true,
  framework: 'llm-foundry',
  write: writeLlmFoundry,
};

const precisions: Readonly<Partial<Record<Precision, string>>> = {
  bf16: 'amp_bf16',
  fp16: 'amp_fp16',
  fp32: 'fp32',
  fp8: 'amp_fp8',
};

const strategies = {
  none: 'NO_SHARD',
  optimizer: 'SHARD_GRAD_OP',
  gradients: 'SHARD_GRAD_OP',
  parameters: 'FULL_SHARD',
} as const;

function writeLlmFoundry(run: PlannedRun): ExportedText {
  const {plan, layout} = run;
  const {model, training} = plan;
  const {notes} = omissions(run);
  const precision = precisions[training.precision];
  const all = [...generalNotes(run), ...notes];
  const ranks = layout.data;
  const group = groupFor(plan.cluster, layout, 'shard').size;
  const hybrid = group < ranks && layout.sharding !== 'none';
  const strategy = `${hybrid && layout.sharding === 'parameters' ? 'HYBRID_SHARD' : strategies[layout.sharding]}`;
  const {attention} = model;
  const heads = attention.kind === 'grouped' ? attention.numKeyValueHeads : attention.numHeads;
  const text = [
    ...commentLines(describeRun(run)),
    ...commentLines(all.map(note => `note: ${note}`)),
    `max_seq_len: ${training.sequenceLength}`,
    `max_duration: ${training.tokens}tok`,
    `global_train_batch_size: ${training.globalBatch}`,
    `device_train_microbatch_size: ${layout.microBatch}`,
    `precision: ${precision}`,
    'model:',
    '  name: mpt_causal_lm',
    `  d_model: ${model.hiddenSize}`,
    `  n_heads: ${attention.numHeads}`,
    `  n_layers: ${model.numLayers}`,
    `  expansion_ratio: ${model.mlp.hiddenSize / model.hiddenSize}`,
    `  max_seq_len: ${training.sequenceLength}`,
    `  vocab_size: ${model.vocabularySize}`,
    `  tie_word_embeddings: ${model.tiedEmbeddings}`,
    `  no_bias: ${!model.mlp.bias}`,
    `  norm_type: ${model.norm.kind === 'rms' ? 'low_precision_rmsnorm' : 'low_precision_layernorm'}`,
    `  ffn_config: {ffn_type: ${model.mlp.kind === 'gated' ? 'mptglu' : 'mptmlp'}}`,
    '  attn_config:',
    ...(heads === attention.numHeads
      ? ['    attn_type: multihead_attention']
      : ['    attn_type: grouped_query_attention', `    kv_n_heads: ${heads}`]),
    '    attn_impl: flash',
    ...(model.positions.kind === 'alibi' ? ['    alibi: true'] : []),
    ...(model.positions.kind === 'rotary' ? ['    rope: true'] : []),
    'fsdp_config:',
    `  sharding_strategy: ${strategy}`,
    '  mixed_precision: PURE',
    `  activation_checkpointing: ${layout.recompute === 'full'}`,
    '  activation_checkpointing_reentrant: false',
    `  activation_cpu_offload: ${layout.offload === 'activations'}`,
  ];
  return {text: `${text.join('\n')}\n`, notes: all};
}

/** What of a plan the YAML does not express. */
function omissions({plan, layout}: PlannedRun): ConfigFragment {
  const {model, training} = plan;
  return concatFragments([
    ...noteWhen(
      training.optimizer !== 'adam',
      `the optimizer ${training.optimizer} is not in it: add it with its rates`,
    ),
    ...noteWhen(model.dropout, 'dropout is not in it: set emb_pdrop, resid_pdrop and attn_pdrop'),
    ...noteWhen((training.batchRamp ?? []).length > 0, 'the smaller batches at the start are not in it'),
    ...noteWhen(
      typeof layout.shardingGroup === 'number',
      'a hybrid group is that of a node: state a device mesh for another',
    ),
  ]);
}
