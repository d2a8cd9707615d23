import {activation, expertBiases, sharedGate} from './elementwise.js';
import type {Elementwise, ExpertGroup, Gemm, Operator, Router} from './operators.js';
import {type ActivationSplit, type RecomputedBlock, type SavedActivation, saved} from './saved-activation.js';
import type {Experts, LayerKind, Transformer} from './transformer.js';

/**
 * The feed-forward block of a layer without its norm and its residual addition: dense, or a router,
 * routed experts and shared experts.
 *
 * A plain block keeps its input, the input of its activation and the input of its last projection
 * (Korthikanti et al. 2022, arXiv 2205.05198 sec. 4.1); a gated one keeps gate and up in place of one
 * input of the activation.
 */
export function feedForwardOperators(model: Transformer, kind: LayerKind): Operator[] {
  const {experts, mlp} = model;
  const input = keptInput(model);
  if (!kind.experts || experts === null) {
    return blockOperators(model, {width: mlp.hiddenSize, bias: mlp.bias, block: 'mlp'}, input);
  }
  const {sharedHiddenSize, expertBias} = experts;
  const shared = blockOperators(
    model,
    {width: sharedHiddenSize, bias: expertBias, block: 'shared-experts'},
    [],
  );
  return [
    router(model, experts, input),
    expertGroup(model, experts),
    ...(experts.sharedHiddenSize > 0 ? shared : []),
    ...(experts.sharedGate ? [sharedGate(model.hiddenSize)] : []),
  ];
}

/** With one norm for both blocks, attention has already kept the input. */
function keptInput(model: Transformer): SavedActivation[] {
  if (model.norm.perLayer === 1) return [];
  return [
    saved('feed-forward input', model.hiddenSize, 'sequence', {class: 'product-input', remadeBy: 'norm'}),
  ];
}

interface Block {
  readonly width: number;
  readonly bias: boolean;
  readonly block: RecomputedBlock;
}

/** Up, activation, down for every token. @param input what the block keeps of what it is given */
function blockOperators(
  model: Transformer,
  {width, bias, block}: Block,
  input: readonly SavedActivation[],
): [Gemm, Elementwise, Gemm] {
  const gated = model.mlp.kind === 'gated';
  return [
    {
      kind: 'gemm',
      name: 'mlp-up',
      inFeatures: model.hiddenSize,
      outFeatures: gated ? 2 * width : width,
      bias,
      split: 'column',
      alternateShare: gated ? 0.5 : 0,
      block,
      saved: input,
    },
    {...activation(width, gated, bias, activationInputs(width, gated, block)), block},
    {
      kind: 'gemm',
      name: 'mlp-down',
      inFeatures: width,
      outFeatures: model.hiddenSize,
      bias,
      split: 'row',
      alternateShare: gated ? 0 : 1,
      block,
      saved: [
        saved('activation output', width, 'tensor', {class: 'product-input', remadeBy: 'activation', block}),
        ...(gated
          ? [saved('feed-forward output', model.hiddenSize, 'sequence', {storedBy: 'alternate-product'})]
          : []),
      ],
    },
  ];
}

function activationInputs(width: number, gated: boolean, block: RecomputedBlock): SavedActivation[] {
  if (!gated) return [saved('activation input', width, 'tensor', {class: 'activation-input', block})];
  return [
    saved('gate', width, 'tensor', {class: 'activation-input', block}),
    saved('activated gate', width, 'tensor', {unfused: 'activation', remadeBy: 'activation', block}),
    saved('up', width, 'tensor', {class: 'activation-input', remadeBy: 'alternate-product', block}),
  ];
}

function router({hiddenSize}: Transformer, experts: Experts, input: readonly SavedActivation[]): Router {
  return {
    kind: 'router',
    inFeatures: hiddenSize,
    numExperts: experts.numExperts,
    topK: experts.topK,
    saved: [
      ...input,
      saved('router scores', experts.numExperts, 'sequence', {class: 'float32', block: 'experts'}),
    ],
  };
}

/**
 * Each expert works on copies of the tokens sent to it, `topK` for a token on average: the dispatched
 * input, the activation's inputs and its output are kept for each. Routing weights are applied inside
 * the activation, so that the experts' outputs need not be kept.
 */
function expertGroup(model: Transformer, experts: Experts): ExpertGroup {
  const {numExperts, topK, expertHiddenSize, expertBias} = experts;
  const input: ActivationSplit = 'dispatched';
  const block = 'experts';
  const [up, act, down] = blockOperators(model, {width: expertHiddenSize, bias: expertBias, block}, [
    saved('dispatched tokens', model.hiddenSize, input, {class: 'product-input', block}),
  ]);
  const once = [
    ...[...up.saved, ...act.saved, ...down.saved].map(buffer => ({...buffer, block}) as const),
    saved('tokens sent to experts', model.hiddenSize, input, {storedBy: 'exchanged-experts'}),
    saved('tokens sent back', model.hiddenSize, input, {storedBy: 'exchanged-experts'}),
  ];
  return {
    kind: 'experts',
    numExperts,
    topK,
    hiddenSize: model.hiddenSize,
    expertHiddenSize,
    gemms: [up, down],
    activation: expertBias ? expertBiases(model.hiddenSize, expertHiddenSize) : act,
    saved: once.map(buffer => ({...buffer, elements: topK * buffer.elements})),
  };
}
