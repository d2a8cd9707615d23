import type {MeasurementRow} from '../measurement.js';
import {shortened} from './cell-fault.js';

/** A word that a column knows, for what a table may say instead. */
interface Spelling {
  readonly says: RegExp;
  readonly word: string;
  /** It says more, less or something else than the word, so that the reader should know. */
  readonly loose?: boolean;
}

const yesOrNo: readonly Spelling[] = [
  {says: /^(1|1\.0|true|yes|y|on|enabled)$/, word: '1'},
  {says: /^(0|0\.0|false|no|n|off|none|disabled)$/, word: '0'},
];

/**
 * Spellings of each column, the first that fits counts; a cell that none fits is not understood, and so is
 * its row. Columns of numbers and names are not here.
 */
const spellings: Readonly<Record<string, readonly Spelling[]>> = {
  task: [
    {says: /^(pre-?train(ing|ed)?|train(ing)?)$/, word: 'pretrain'},
    {says: /./, word: '$'},
  ],
  gated_mlp: [
    ...yesOrNo,
    {says: /^(gated|swiglu|geglu|silu)$/, word: '1'},
    {says: /^(gelu|relu)$/, word: '0'},
  ],
  tied_embeddings: yesOrNo,
  sequence_parallel: yesOrNo,
  flash_attention: [...yesOrNo, {says: /flash|^fa/, word: '1'}],
  fused_norm: yesOrNo,
  compiled: [...yesOrNo, {says: /compile|inductor|thunder/, word: '1'}],
  async_tp: yesOrNo,
  precision: [
    {says: /^bf16\/fp16$/, word: 'bf16', loose: true},
    {says: /^int8\/fp8$/, word: 'fp8', loose: true},
    {says: /nvfp4|^fp4/, word: 'nvfp4'},
    {says: /mx-?fp8/, word: 'mxfp8'},
    {says: /fp8|float8|e4m3/, word: 'fp8'},
    {says: /bf16|bfloat16/, word: 'bf16'},
    {says: /tf32/, word: 'tf32'},
    {says: /fp16|float16|^half$|^16(-mixed|-true)?$/, word: 'fp16'},
    {says: /fp32|float32|^single$|^32(-true)?$/, word: 'fp32'},
  ],
  recompute: [
    {says: /^(none|no|0|false|off|disabled)$/, word: 'none'},
    {says: /(\d+) *layers?\b|\bblock *[ :=(] *(\d+)/, word: '$layers'},
    {says: /selective|attention|attn|\bop\b/, word: 'selective'},
    {says: /^(full|true|yes|1|on|all|enabled|uniform|block|every layer)\b/, word: 'full'},
    // Policies of MaxText that save all that products give.
    {says: /^minimal|^offloaded/, word: 'none', loose: true},
  ],
  zero_stage: [
    {says: /^(none|no|off|false|ddp)$/, word: '0'},
    {says: /^(?:zero|stage|zero[ -]stage)?[ -]?([0-3])$/, word: '$'},
    {says: /shard_grad_op|no reshard|^gradients|zero-?2/, word: '2$group'},
    {says: /[fh]sdp|full_shard|^parameters|hybrid_shard|zero-?3/, word: '3$group'},
    {says: /dist-?opt|distributed[ _-]optimizer|^optimizer|zero-?1/, word: '1$group'},
  ],
  attention_kernel: [
    {says: /^(unfused|eager|math|naive)$/, word: 'unfused'},
    {says: /flash.*3|^fa-?3|cudnn|splash|transformer[ -]engine|^te$/, word: 'flash3'},
    {says: /flash.*1|^fa-?1/, word: 'flash1'},
    {says: /flash|^fa|sdpa|xformers|memory[ -]efficient/, word: 'flash2'},
    {says: /fused/, word: 'fused-softmax'},
  ],
  offload: [
    {says: /^(none|no|0|false|off)$/, word: 'none'},
    {says: /optimizer.*activation|activation.*optimizer/, word: 'optimizer-and-activations'},
    {says: /optimizer|^cpu$/, word: 'optimizer'},
    {says: /activation/, word: 'activations'},
  ],
};

/** A row in the words that columns know, with what had to be taken as something; or why it is not understood. */
export type PlainRow =
  | {readonly row: MeasurementRow; readonly assumptions: readonly string[]}
  | {readonly reason: string};

/** Tables spell their words each in a way of its own. */
export function inKnownWords(row: MeasurementRow): PlainRow {
  const plain: Record<string, string> = {...row};
  const assumptions: string[] = [];
  for (const column of Object.keys(spellings)) {
    const text = (row[column] ?? '').trim();
    plain[column] = text;
    if (text === '') continue;
    const said = text.toLowerCase();
    const spelling = spellings[column]?.find(({says}) => says.test(said));
    if (spelling === undefined) return {reason: `unknown ${column} "${shortened(text)}"`};
    plain[column] = wordOf(spelling, said);
    if (spelling.loose) assumptions.push(`${column} ${text}: taken as ${plain[column]}`);
  }
  return {row: plain, assumptions};
}

function wordOf({says, word}: Spelling, said: string): string {
  const found = says.exec(said);
  const inside = found?.slice(1).find(group => group !== undefined);
  if (word === '$') return inside ?? said;
  if (word === '$layers') return `layers ${inside}`;
  return word.replace('$group', shardingGroup(said));
}

/** Ranks that share one copy: a number in parentheses, or a node. */
function shardingGroup(said: string): string {
  const size = /\((\d+)\)/.exec(said)?.[1];
  if (size !== undefined) return ` ${size}`;
  return /hsdp|hybrid/.test(said) ? ' node' : '';
}
