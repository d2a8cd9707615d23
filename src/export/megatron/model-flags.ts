import {layerKinds} from '../../model/layer-kinds.js';
import type {Attention, Experts, Transformer} from '../../model/transformer.js';
import {
  type ConfigFragment,
  concatFragments,
  fragment,
  note,
  type Setting,
  when,
} from '../config-fragment.js';
import type {PlannedRun} from '../export-target.js';

/** The shape of the model. */
export function modelFlags({plan}: PlannedRun): ConfigFragment {
  const {model, training, cluster} = plan;
  return concatFragments([
    fragment([
      ['--num-layers', model.numLayers],
      ['--hidden-size', model.hiddenSize],
      ['--ffn-hidden-size', model.mlp.hiddenSize],
      ['--vocab-size', model.vocabularySize],
      ['--make-vocab-size-divisible-by', Math.max(1, cluster.software.memory.vocabularyMultiple)],
      ...when(!model.tiedEmbeddings, ['--untie-embeddings-and-output-weights']),
      ...when(model.mlp.kind === 'gated', ['--swiglu']),
    ]),
    attentionFlags(model.attention),
    spanFlags(model.attention.span),
    positionFlags(model, training.sequenceLength),
    biasFlags(model),
    ...(model.headBias ? [note('the bias on the logits is not in it: Megatron-LM has none')] : []),
    normFlags(model),
    fragment([
      ['--attention-dropout', model.dropout ? '0.1' : '0.0'],
      ['--hidden-dropout', model.dropout ? '0.1' : '0.0'],
    ]),
    ...(model.experts === null ? [] : [expertFlags(model, model.experts)]),
    fragment(when(model.multiTokenPrediction > 0, ['--mtp-num-layers', model.multiTokenPrediction])),
  ]);
}

function attentionFlags(attention: Attention): ConfigFragment {
  const heads: Setting = ['--num-attention-heads', attention.numHeads];
  if (attention.kind === 'latent') {
    return fragment([
      heads,
      ['--multi-latent-attention'],
      ...(attention.queryRank === null ? [] : [['--q-lora-rank', attention.queryRank] as const]),
      ['--kv-lora-rank', attention.keyValueRank],
      ['--qk-head-dim', attention.nopeHeadSize],
      ['--qk-pos-emb-head-dim', attention.ropeHeadSize],
      ['--v-head-dim', attention.valueHeadSize],
      ['--qk-layernorm'],
    ]);
  }
  const {numHeads, numKeyValueHeads, headSize, queryKeyNorm} = attention;
  return concatFragments([
    fragment([
      heads,
      ['--kv-channels', headSize],
      ...when(
        numKeyValueHeads !== numHeads,
        ['--group-query-attention'],
        ['--num-query-groups', numKeyValueHeads],
      ),
      ...when(queryKeyNorm === true, ['--qk-layernorm']),
    ]),
    ...(queryKeyNorm === 'whole'
      ? [note('the norm over all query and key heads at once is not in it: Megatron-LM norms each head')]
      : []),
  ]);
}

function spanFlags(span: Attention['span']): ConfigFragment {
  if (span.kind === 'full') return fragment([]);
  if (span.kind === 'chunk') return note(`attention in chunks of ${span.tokens} tokens is not in it`);
  return concatFragments([
    fragment([
      // A token sees itself and the window before it.
      ['--window-size', `${span.tokens - 1},0`],
      ...when(span.fullEveryLayers > 0, ['--window-attn-skip-freq', span.fullEveryLayers]),
    ]),
    ...(span.fullFirst
      ? [note('the full layer of each group is its last here, the first in the model')]
      : []),
  ]);
}

function positionFlags({positions}: Transformer, sequenceLength: number): ConfigFragment {
  const longest = Math.max(positions.maxPositions, sequenceLength);
  const kinds = {learned: 'learned_absolute', rotary: 'rope', alibi: 'none', none: 'none'} as const;
  return concatFragments([
    fragment([
      ['--position-embedding-type', kinds[positions.kind]],
      ['--max-position-embeddings', longest],
    ]),
    ...(positions.kind === 'rotary'
      ? [
          note(
            'the base of rotary positions is not part of a plan: Megatron-LM takes 10000 without --rotary-base',
          ),
        ]
      : []),
    ...(positions.kind === 'alibi' ? [note('ALiBi is not in it: Megatron-LM has no such positions')] : []),
  ]);
}

/** Megatron-LM has biases everywhere, nowhere, or on queries, keys and values alone. */
function biasFlags({attention, mlp}: Transformer): ConfigFragment {
  if (attention.kind === 'latent') return fragment(when(!mlp.bias, ['--disable-bias-linear']));
  const {queryKeyValue, output} = attention.biases;
  if (queryKeyValue && output && mlp.bias) return fragment([]);
  const flags = fragment([['--disable-bias-linear'], ...when(queryKeyValue, ['--add-qkv-bias'])]);
  if (!output && !mlp.bias) return flags;
  return concatFragments([
    flags,
    note('biases are only on queries, keys and values: Megatron-LM has no other mixture'),
  ]);
}

function normFlags({norm}: Transformer): ConfigFragment {
  const ordinary = norm.perLayer === 2 && norm.outside === 1;
  return concatFragments([
    fragment([['--normalization', norm.kind === 'rms' ? 'RMSNorm' : 'LayerNorm']]),
    ...(norm.kind === 'plain' ? [note('norms without gain and bias are not in it')] : []),
    ...(norm.kind === 'layer' && !norm.bias ? [note('norms have a bias here, the model has none')] : []),
    ...(ordinary
      ? []
      : [
          note(
            `${norm.perLayer} norms a layer and ${norm.outside} outside are not in it: Megatron-LM has 2 and 1`,
          ),
        ]),
  ]);
}

function expertFlags(model: Transformer, experts: Experts): ConfigFragment {
  const plainPattern = experts.numDenseLayers === 0 && experts.everyLayers === 1;
  return concatFragments([
    fragment([
      ['--num-experts', experts.numExperts],
      ['--moe-router-topk', experts.topK],
      ['--moe-ffn-hidden-size', experts.expertHiddenSize],
      ...when(experts.sharedHiddenSize > 0, [
        '--moe-shared-expert-intermediate-size',
        experts.sharedHiddenSize,
      ]),
      ...when(!plainPattern, ['--moe-layer-freq', layerPattern(model)]),
      ['--moe-token-dispatcher-type', 'alltoall'],
      ['--moe-grouped-gemm'],
    ]),
    ...(experts.routerBias || experts.expertBias ? [note('biases of router and experts are not in it')] : []),
  ]);
}

/** 1 for a layer with experts, 0 for a dense one, as a Python list. */
function layerPattern(model: Transformer): string {
  const runs: {value: number; count: number}[] = [];
  for (const {experts} of layerKinds(model)) {
    const value = experts ? 1 : 0;
    const last = runs.at(-1);
    if (last?.value === value) last.count += 1;
    else runs.push({value, count: 1});
  }
  return `(${runs.map(({value, count}) => `[${value}]*${count}`).join('+')})`;
}
