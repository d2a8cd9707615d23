import type {Elementwise, Traffic} from './operators.js';
import {type SavedActivation, saved} from './saved-activation.js';

/**
 * Memory traffic of the element-wise operators, counted from their definitions: what a fused kernel
 * must read and write, and what one kernel for each arithmetic step does. A dropout mask has one byte
 * for each value of two.
 */
const maskShare = 0.5;

const traffic = (kernels: number, reads: number, writes: number): Traffic => ({kernels, reads, writes});

/** Rotary positions on queries and keys of `width` values together: one kernel each when fused. */
export function rotary(width: number): Elementwise {
  // Unfused: negate one half and concatenate, two products with cosine and sine, one sum; for queries and for keys.
  const separate = traffic(10, 5.5 * width, 4.5 * width);
  // Gradients of halves go through views: zeros are filled, parts copied in and added up. A100 and GH200,
  // DebarghaG/estimate-train-time at 1ac4d5e: 43 to 48 bytes a value where the forward pass has 19 to 28.
  const separateBackward = traffic(20, 12 * width, 10 * width);
  const fused = traffic(2, width, width);
  return {
    kind: 'elementwise',
    name: 'rotary',
    split: 'tensor',
    fused: {forward: fused, backward: fused},
    separate: {forward: separate, backward: separateBackward},
    saved: [],
  };
}

/**
 * Time of an error function and of its derivative over that of reading a value, beyond what the kernel reads
 * and writes. A100 and GH200, DebarghaG/estimate-train-time at 1ac4d5e, between 0.3 and 0.9.
 */
const arithmetic = {forward: 0.55, backward: 0.45};

/** The nonlinearity of a feed-forward block of `width`; gated: of one half times the other. */
export function activation(
  width: number,
  gated: boolean,
  bias: boolean,
  savedBuffers: readonly SavedActivation[],
): Elementwise {
  const biasPass = bias ? traffic(1, width, width) : traffic(0, 0, 0);
  const plain = {
    forward: traffic(1, (1 + arithmetic.forward) * width, width),
    backward: traffic(1, (2 + arithmetic.backward) * width, width),
  };
  return {
    kind: 'elementwise',
    name: 'activation',
    split: 'tensor',
    fused: gated
      ? {forward: traffic(1, 2 * width, width), backward: traffic(1, 3 * width, 2 * width)}
      : {forward: plain.forward, backward: plain.backward},
    separate: gated
      ? {forward: traffic(2, 3 * width, 2 * width), backward: traffic(3, 6 * width, 3 * width)}
      : {
          forward: sum(biasPass, plain.forward),
          backward: sum(biasPass, plain.backward),
        },
    saved: savedBuffers,
  };
}

/**
 * Biases of experts, each its own: they are added to the outputs of `hidden` by parts, weighted, and the
 * activation of `width` between them runs step by step, since fused kernels take one bias for all rows.
 *
 * @see megatron/core/transformer/moe/experts.py, _apply_bias: product, sum and concatenation; clamped
 * gated activation of gpt-oss: two clamps, scale, sigmoid, two products, a sum, the weight
 */
export function expertBiases(hidden: number, width: number): Elementwise {
  const forward = sum(traffic(3, 3 * hidden, 2 * hidden), traffic(8, 11 * width, 8 * width));
  const backward = sum(traffic(5, 5 * hidden, 2 * hidden), traffic(14, 20 * width, 14 * width));
  return {
    kind: 'elementwise',
    name: 'activation',
    split: 'tensor',
    fused: {forward, backward},
    separate: {forward, backward},
    saved: [],
  };
}

/** Bias, dropout and the addition to the residual stream of `width`. */
export function residual(width: number, bias: boolean, dropout: boolean): Elementwise {
  const mask = dropout ? maskShare * width : 0;
  const biasPass = bias ? traffic(1, width, width) : traffic(0, 0, 0);
  const dropoutPass = dropout ? traffic(1, width, width + mask) : traffic(0, 0, 0);
  const dropoutBackward = dropout ? traffic(1, width + mask, width) : traffic(0, 0, 0);
  // Backward: the gradients of the two branches are added.
  const gradientSum = traffic(1, 2 * width, width);
  return {
    kind: 'elementwise',
    name: 'residual',
    split: 'sequence',
    fused: {
      forward: traffic(1, 2 * width, width + mask),
      backward: sum(dropoutBackward, gradientSum),
    },
    separate: {
      forward: sum(biasPass, dropoutPass, traffic(1, 2 * width, width)),
      backward: sum(biasPass, dropoutBackward, gradientSum),
    },
    saved: dropoutMask(width, dropout),
  };
}

/**
 * The gate on the output of the shared experts: a product of the token with one vector, its sigmoid, and the
 * product with the output. The backward pass reads token and output, and writes the gradients of both.
 *
 * @see transformers, models/qwen2_moe/modeling_qwen2_moe.py, Qwen2MoeSparseMoeBlock, shared_expert_gate
 */
export function sharedGate(width: number): Elementwise {
  const passes = {
    forward: traffic(3, 2 * width, width),
    backward: traffic(4, 4 * width, 2 * width),
  };
  return {
    kind: 'elementwise',
    name: 'shared-gate',
    split: 'sequence',
    fused: passes,
    separate: passes,
    saved: [saved('shared experts output', width, 'sequence')],
  };
}

/** Dropout on the embedded tokens. */
export function embeddingDropout(width: number): Elementwise {
  const mask = maskShare * width;
  const passes = {forward: traffic(1, width, width + mask), backward: traffic(1, width + mask, width)};
  return {
    kind: 'elementwise',
    name: 'embedding-dropout',
    split: 'sequence',
    fused: passes,
    separate: passes,
    saved: dropoutMask(width, true),
  };
}

function dropoutMask(width: number, dropout: boolean): SavedActivation[] {
  return dropout ? [saved('dropout mask', width, 'sequence', {class: 'mask'})] : [];
}

function sum(...passes: readonly Traffic[]): Traffic {
  return {
    kernels: passes.reduce((total, pass) => total + pass.kernels, 0),
    reads: passes.reduce((total, pass) => total + pass.reads, 0),
    writes: passes.reduce((total, pass) => total + pass.writes, 0),
  };
}
