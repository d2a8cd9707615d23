import type {Precision} from '../../cluster/accelerator.js';
import type {LoggedMemory} from '../../frameworks/framework.js';
import type {AttentionKernel} from '../../frameworks/stack.js';
import {
  type ContextExchange,
  type Layout,
  type Offload,
  type Recompute,
  type Sharding,
  shardings,
} from '../../layout/layout.js';
import type {Optimizer} from '../../plan/training.js';
import {
  amountColumn,
  countColumn,
  flagColumn,
  type RowColumn,
  type StatedCells,
  textColumn,
  wordColumn,
} from '../cells/row-column.js';

/** Sharding over data ranks, and the ranks that share one copy. */
export interface StatedSharding {
  readonly sharding: Sharding;
  readonly group: Layout['shardingGroup'];
}

/** Experts of a layer, those that a token goes to, and those that all tokens go to. */
export interface StatedExperts {
  readonly numExperts: number;
  readonly topK: number;
  readonly numShared: number;
}

/** Columns by the field that they fill. */
export const columns = {
  id: textColumn('id'),
  source: textColumn('source'),
  confidence: wordColumn<'high' | 'medium' | 'low'>('confidence', [
    {pattern: /^low$/, value: 'low'},
    {pattern: /^medium$/, value: 'medium'},
    {pattern: /./, value: 'high'},
  ]),
  framework: textColumn('framework'),
  hardware: textColumn('hardware'),
  network: textColumn('internode_network'),
  numNodes: countColumn('nodes'),
  devicesPerNode: countColumn('gpus_per_node'),
  numDevices: countColumn('num_gpus'),
  task: wordColumn<string>('task', [
    {pattern: /^(pre-?train(ing|ed)?|train(ing)?)$/, value: 'pretrain'},
    {pattern: /^(sft|full|full[ -]fine-?tun(e|ing)|fine-?tun(e|ing))$/, value: 'full-fine-tuning'},
    {pattern: /./, value: ({input}) => input},
  ]),

  modelName: textColumn('model_name'),
  numLayers: countColumn('layers'),
  hiddenSize: countColumn('hidden'),
  mlpHiddenSize: countColumn('ffn_hidden'),
  numHeads: countColumn('heads'),
  numKeyValueHeads: countColumn('kv_heads'),
  headSize: countColumn('head_size'),
  vocabularySize: countColumn('vocab'),
  sequenceLength: countColumn('seq_len'),
  gatedMlp: flagColumn('gated_mlp', [
    {pattern: /^(gated|swiglu|geglu|silu)$/, value: true},
    {pattern: /^(gelu|relu)$/, value: false},
  ]),
  tiedEmbeddings: flagColumn('tied_embeddings'),
  experts: wordColumn<StatedExperts | 'none'>(
    'moe',
    [
      {pattern: /^(none|no|0|dense)$/, value: 'none'},
      {
        pattern: /^(\d+) *\/ *(\d+)(?: *\+ *(\d+))?/,
        value: ([, experts, topK, shared = 0]) => ({
          numExperts: Number(experts),
          topK: Number(topK),
          numShared: Number(shared),
        }),
      },
    ],
    'experts/top-k, as 8/2 or 256/8+1',
  ),
  expertHiddenSize: countColumn('expert_ffn'),
  multiTokenPrediction: countColumn('mtp', 0),
  attentionWindow: countColumn('window', 0),
  dropout: flagColumn('dropout', [{pattern: /^0?\.\d*[1-9]\d*$/, value: true}]),

  tensor: countColumn('tp'),
  pipeline: countColumn('pp'),
  virtualStages: countColumn('vpp'),
  context: countColumn('cp'),
  expert: countColumn('ep'),
  expertTensor: countColumn('etp'),
  data: countColumn('dp'),
  sequenceParallel: flagColumn('sequence_parallel'),
  sharding: wordColumn<StatedSharding>(
    'zero_stage',
    [
      {pattern: /^(none|no|off|false|ddp)$/, value: {sharding: 'none', group: 'all'}},
      {
        pattern: /^(?:zero|stage|zero[ -]stage)?[ -]?([0-3])$/,
        value: ([, stage]) => ({sharding: shardings[Number(stage)] ?? 'none', group: 'all'}),
      },
      {
        pattern: /shard_grad_op|no reshard|^gradients|zero-?2/,
        value: ({input}) => ({sharding: 'gradients', group: shardingGroup(input)}),
      },
      {
        pattern: /[fh]sdp|full_shard|^parameters|hybrid_shard|zero-?3/,
        value: ({input}) => ({sharding: 'parameters', group: shardingGroup(input)}),
      },
      {
        pattern: /dist-?opt|distributed[ _-]optimizer|^optimizer|zero-?1/,
        value: ({input}) => ({sharding: 'optimizer', group: shardingGroup(input)}),
      },
    ],
    '0, 1, 2 or 3',
  ),
  microBatch: countColumn('micro_batch'),
  globalBatch: countColumn('global_batch'),
  accumulationSteps: countColumn('grad_accum'),
  precision: wordColumn<Precision>('precision', [
    {pattern: /^bf16\/fp16$/, value: 'bf16', loose: true},
    {pattern: /^int8\/fp8$/, value: 'fp8', loose: true},
    {pattern: /\bint8\b|\baqt\b/, value: 'int8'},
    {pattern: /nvfp4|^fp4/, value: 'nvfp4'},
    {pattern: /mx-?fp8/, value: 'mxfp8'},
    {pattern: /fp8|float8|e4m3/, value: 'fp8'},
    {pattern: /bf16|bfloat16/, value: 'bf16'},
    {pattern: /tf32/, value: 'tf32'},
    {pattern: /fp16|float16|^half$|^16(-mixed|-true)?$/, value: 'fp16'},
    {pattern: /fp32|float32|^single$|^32(-true)?$/, value: 'fp32'},
  ]),
  optimizer: wordColumn<Optimizer>('optimizer', [
    {pattern: /adam.*8-?bit|8-?bit.*adam/, value: 'adam-8bit'},
    {pattern: /adam.*16-?bit|16-?bit.*adam/, value: 'adam-16bit'},
    {pattern: /adam/, value: 'adam'},
    {pattern: /adafactor/, value: 'adafactor'},
    {pattern: /lion/, value: 'lion'},
    {pattern: /muon/, value: 'muon'},
    {pattern: /sgd|momentum/, value: 'sgd-momentum'},
    {pattern: /./, value: 'adam', loose: true},
  ]),
  recompute: wordColumn<Recompute>('recompute', [
    {pattern: /^(none|no|0|false|off|disabled)$/, value: 'none'},
    {
      pattern: /(\d+) *layers?\b|\bblock *[ :=(] *(\d+)/,
      value: ([, layers, block]) => ({layers: Number(layers ?? block)}),
    },
    {pattern: /selective|attention|attn|\bop\b/, value: 'selective'},
    {pattern: /^(full|true|yes|1|on|all|enabled|uniform|block|every layer)\b/, value: 'full'},
    // Policies that save the outputs of all products.
    {pattern: /^minimal|^offloaded/, value: 'none', loose: true},
  ]),
  recomputeModules: textColumn('recompute_modules'),
  flashAttention: flagColumn('flash_attention', [{pattern: /flash|^fa/, value: true}]),
  attentionKernel: wordColumn<AttentionKernel>('attention_kernel', [
    {pattern: /^(unfused|eager|math|naive)$/, value: 'unfused'},
    {pattern: /flash.*3|^fa-?3|cudnn|splash|transformer[ -]engine|^te$/, value: 'flash3'},
    {pattern: /flash.*1|^fa-?1/, value: 'flash1'},
    {pattern: /flash|^fa|sdpa|xformers|memory[ -]efficient/, value: 'flash2'},
    {pattern: /fused/, value: 'fused-softmax'},
  ]),
  fusedNorm: flagColumn('fused_norm'),
  compiled: flagColumn('compiled', [{pattern: /compile|inductor|thunder/, value: true}]),
  asyncTensor: flagColumn('async_tp'),
  overlapGradients: flagColumn('overlap_grad_reduce'),
  overlapParameters: flagColumn('overlap_param_gather'),
  contextExchange: wordColumn<ContextExchange>('cp_comm_type', [
    {pattern: /^(p2p|ring)/, value: 'ring'},
    {pattern: /^(all[-_ ]?gather|ag)$/, value: 'all-gather'},
  ]),
  offload: wordColumn<Offload>('offload', [
    {pattern: /^(none|no|0|false|off)$/, value: 'none'},
    {pattern: /optimizer.*activation|activation.*optimizer/, value: 'optimizer-and-activations'},
    {pattern: /param.*optimizer|optimizer.*param/, value: 'optimizer', loose: true},
    {pattern: /optimizer|^cpu$/, value: 'optimizer'},
    {pattern: /activation/, value: 'activations'},
  ]),

  stepSeconds: amountColumn('iter_time_s', 's'),
  tokensPerSecondPerDevice: amountColumn('tokens_per_s_per_gpu', 'tokens/s'),
  peakMemoryBytes: amountColumn('peak_mem_GB', 'GB'),
  reservedMemoryBytes: amountColumn('reserved_mem_GB', 'GB'),
  loggedMemory: wordColumn<LoggedMemory | 'unknown'>('mem_kind', [
    {pattern: /^(allocated|active)$/, value: 'allocated'},
    {pattern: /^reserved$/, value: 'reserved'},
    {pattern: /nvidia-smi|device/, value: 'device'},
    {pattern: /./, value: 'unknown'},
  ]),
  allReduceBandwidth: amountColumn('allreduce_GBps', 'GB/s'),
  nodeAllReduceBandwidth: amountColumn('allreduce_intranode_GBps', 'GB/s'),
  outcome: wordColumn<'ran' | 'out-of-memory'>('result', [
    {pattern: /\boom\b|out of memory/, value: 'out-of-memory'},
    {pattern: /./, value: 'ran'},
  ]),
  notes: textColumn('notes'),
} as const satisfies Readonly<Record<string, RowColumn<unknown>>>;

/** A row of a table as its cells state it; null: not stated. Amounts are in SI base units. */
export type RawRun = StatedCells<typeof columns>;

/** Ranks that share one copy: a number in parentheses, or a node. */
function shardingGroup(cell: string): Layout['shardingGroup'] {
  const size = /\((\d+)\)/.exec(cell)?.[1];
  if (size !== undefined) return Number(size);
  return /hsdp|hybrid/.test(cell) ? 'node' : 'all';
}
