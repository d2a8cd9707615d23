import type {Precision} from '../../cluster/accelerator.js';
import type {LoggedMemory} from '../../frameworks/framework.js';
import type {AttentionKernel} from '../../frameworks/stack.js';
import {type Layout, type Offload, type Recompute, type Sharding, shardings} from '../../layout/layout.js';
import type {Optimizer} from '../../plan/training.js';

/** A way in which tables write a value. */
export interface Spelling<Value> {
  /** Matched against the trimmed cell in lower case. */
  readonly pattern: RegExp;
  readonly value: Value | ((match: RegExpExecArray) => Value);
  /** True where the cell states more, less or something else than the value: an assumption of the row. */
  readonly loose?: boolean;
}

/** Units of amounts in tables, in SI base units. */
export const columnUnits = {s: 1, 'tokens/s': 1, GB: 1e9, 'GB/s': 1e9} as const;
export type ColumnUnit = keyof typeof columnUnits;

/**
 * A column of tables of measured runs.
 *
 * text: as it stands. count: a whole number from `least` on. amount: a number above 0 in `unit`.
 * word, flag: the value of the first spelling that matches.
 */
export type RowColumn<Value> =
  | {readonly kind: 'text'; readonly name: string}
  | {readonly kind: 'count'; readonly name: string; readonly least: number}
  | {readonly kind: 'amount'; readonly name: string; readonly unit: ColumnUnit}
  | {
      readonly kind: 'word' | 'flag';
      readonly name: string;
      readonly spellings: readonly Spelling<Value>[];
      /** What to write in it, in words. */
      readonly usage: string;
    };

type TextColumn = Extract<RowColumn<never>, {kind: 'text'}>;
type NumberColumn = Extract<RowColumn<never>, {kind: 'count' | 'amount'}>;

const text = (name: string): TextColumn => ({kind: 'text', name});
const count = (name: string, least = 1): NumberColumn => ({kind: 'count', name, least});
const amount = (name: string, unit: ColumnUnit): NumberColumn => ({kind: 'amount', name, unit});
const word = <Value>(name: string, spellings: readonly Spelling<Value>[], usage = wordsOf(spellings)) =>
  ({kind: 'word', name, spellings, usage}) as const;
const flag = (name: string, further: readonly Spelling<boolean>[] = []) =>
  ({kind: 'flag', name, spellings: [...yesOrNo, ...further], usage: '1 or 0'}) as const;

const yesOrNo: readonly Spelling<boolean>[] = [
  {pattern: /^(1|1\.0|true|yes|y|on|enabled)$/, value: true},
  {pattern: /^(0|0\.0|false|no|n|off|none|disabled)$/, value: false},
];

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
  id: text('id'),
  source: text('source'),
  confidence: word<'high' | 'medium' | 'low'>('confidence', [
    {pattern: /^low$/, value: 'low'},
    {pattern: /^medium$/, value: 'medium'},
    {pattern: /./, value: 'high'},
  ]),
  framework: text('framework'),
  hardware: text('hardware'),
  network: text('internode_network'),
  numNodes: count('nodes'),
  devicesPerNode: count('gpus_per_node'),
  numDevices: count('num_gpus'),
  task: word<string>('task', [
    {pattern: /^(pre-?train(ing|ed)?|train(ing)?)$/, value: 'pretrain'},
    {pattern: /./, value: ({input}) => input},
  ]),

  modelName: text('model_name'),
  numLayers: count('layers'),
  hiddenSize: count('hidden'),
  mlpHiddenSize: count('ffn_hidden'),
  numHeads: count('heads'),
  numKeyValueHeads: count('kv_heads'),
  headSize: count('head_size'),
  vocabularySize: count('vocab'),
  sequenceLength: count('seq_len'),
  gatedMlp: flag('gated_mlp', [
    {pattern: /^(gated|swiglu|geglu|silu)$/, value: true},
    {pattern: /^(gelu|relu)$/, value: false},
  ]),
  tiedEmbeddings: flag('tied_embeddings'),
  experts: word<StatedExperts | 'none'>(
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
  expertHiddenSize: count('expert_ffn'),
  multiTokenPrediction: count('mtp', 0),
  attentionWindow: count('window', 0),
  dropout: flag('dropout', [{pattern: /^0?\.\d*[1-9]\d*$/, value: true}]),

  tensor: count('tp'),
  pipeline: count('pp'),
  virtualStages: count('vpp'),
  context: count('cp'),
  expert: count('ep'),
  expertTensor: count('etp'),
  data: count('dp'),
  sequenceParallel: flag('sequence_parallel'),
  sharding: word<StatedSharding>(
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
  microBatch: count('micro_batch'),
  globalBatch: count('global_batch'),
  accumulationSteps: count('grad_accum'),
  precision: word<Precision>('precision', [
    {pattern: /^bf16\/fp16$/, value: 'bf16', loose: true},
    {pattern: /^int8\/fp8$/, value: 'fp8', loose: true},
    {pattern: /nvfp4|^fp4/, value: 'nvfp4'},
    {pattern: /mx-?fp8/, value: 'mxfp8'},
    {pattern: /fp8|float8|e4m3/, value: 'fp8'},
    {pattern: /bf16|bfloat16/, value: 'bf16'},
    {pattern: /tf32/, value: 'tf32'},
    {pattern: /fp16|float16|^half$|^16(-mixed|-true)?$/, value: 'fp16'},
    {pattern: /fp32|float32|^single$|^32(-true)?$/, value: 'fp32'},
  ]),
  optimizer: word<Optimizer>('optimizer', [
    {pattern: /adam.*8-?bit|8-?bit.*adam/, value: 'adam-8bit'},
    {pattern: /adam.*16-?bit|16-?bit.*adam/, value: 'adam-16bit'},
    {pattern: /adam/, value: 'adam'},
    {pattern: /adafactor/, value: 'adafactor'},
    {pattern: /lion/, value: 'lion'},
    {pattern: /muon/, value: 'muon'},
    {pattern: /sgd|momentum/, value: 'sgd-momentum'},
    {pattern: /./, value: 'adam', loose: true},
  ]),
  recompute: word<Recompute>('recompute', [
    {pattern: /^(none|no|0|false|off|disabled)$/, value: 'none'},
    {
      pattern: /(\d+) *layers?\b|\bblock *[ :=(] *(\d+)/,
      value: ([, layers, block]) => ({layers: Number(layers ?? block)}),
    },
    {pattern: /selective|attention|attn|\bop\b/, value: 'selective'},
    {pattern: /^(full|true|yes|1|on|all|enabled|uniform|block|every layer)\b/, value: 'full'},
    // Policies of MaxText that save all that products give.
    {pattern: /^minimal|^offloaded/, value: 'none', loose: true},
  ]),
  recomputeModules: text('recompute_modules'),
  flashAttention: flag('flash_attention', [{pattern: /flash|^fa/, value: true}]),
  attentionKernel: word<AttentionKernel>('attention_kernel', [
    {pattern: /^(unfused|eager|math|naive)$/, value: 'unfused'},
    {pattern: /flash.*3|^fa-?3|cudnn|splash|transformer[ -]engine|^te$/, value: 'flash3'},
    {pattern: /flash.*1|^fa-?1/, value: 'flash1'},
    {pattern: /flash|^fa|sdpa|xformers|memory[ -]efficient/, value: 'flash2'},
    {pattern: /fused/, value: 'fused-softmax'},
  ]),
  fusedNorm: flag('fused_norm'),
  compiled: flag('compiled', [{pattern: /compile|inductor|thunder/, value: true}]),
  asyncTensor: flag('async_tp'),
  offload: word<Offload>('offload', [
    {pattern: /^(none|no|0|false|off)$/, value: 'none'},
    {pattern: /optimizer.*activation|activation.*optimizer/, value: 'optimizer-and-activations'},
    {pattern: /param.*optimizer|optimizer.*param/, value: 'optimizer', loose: true},
    {pattern: /optimizer|^cpu$/, value: 'optimizer'},
    {pattern: /activation/, value: 'activations'},
  ]),

  stepSeconds: amount('iter_time_s', 's'),
  tokensPerSecondPerDevice: amount('tokens_per_s_per_gpu', 'tokens/s'),
  peakMemoryBytes: amount('peak_mem_GB', 'GB'),
  reservedMemoryBytes: amount('reserved_mem_GB', 'GB'),
  loggedMemory: word<LoggedMemory | 'unknown'>('mem_kind', [
    {pattern: /^(allocated|active)$/, value: 'allocated'},
    {pattern: /^reserved$/, value: 'reserved'},
    {pattern: /nvidia-smi|device/, value: 'device'},
    {pattern: /./, value: 'unknown'},
  ]),
  allReduceBandwidth: amount('allreduce_GBps', 'GB/s'),
  nodeAllReduceBandwidth: amount('allreduce_intranode_GBps', 'GB/s'),
  outcome: word<'ran' | 'out-of-memory'>('result', [
    {pattern: /\boom\b|out of memory/, value: 'out-of-memory'},
    {pattern: /./, value: 'ran'},
  ]),
  notes: text('notes'),
} as const satisfies Readonly<Record<string, RowColumn<unknown>>>;

export type RunField = keyof typeof columns;

type ValueOf<C> = C extends {readonly kind: 'text'}
  ? string
  : C extends {readonly kind: 'count' | 'amount'}
    ? number
    : C extends {readonly spellings: readonly Spelling<infer Value>[]}
      ? Value
      : never;

/** A row of a table as its cells state it; null: not stated. Amounts are in SI base units. */
export type RawRun = {readonly [Field in RunField]: ValueOf<(typeof columns)[Field]> | null};

function wordsOf(spellings: readonly Spelling<unknown>[]): string {
  const words = spellings.flatMap(({value}) => (typeof value === 'string' ? [value] : []));
  return `one of ${[...new Set(words)].join(', ')}`;
}

/** Ranks that share one copy: a number in parentheses, or a node. */
function shardingGroup(cell: string): Layout['shardingGroup'] {
  const size = /\((\d+)\)/.exec(cell)?.[1];
  if (size !== undefined) return Number(size);
  return /hsdp|hybrid/.test(cell) ? 'node' : 'all';
}
