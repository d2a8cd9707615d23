import type {AttentionKernel} from '../../frameworks/stack.js';
import {type AttentionCore, causalKeys, type Gemm, type Operator} from '../../model/operators.js';
import {partOf} from '../../model/selective-recompute.js';
import {type Shard, tokenCounts} from '../shard.js';
import {type AttentionShape, attentionSeconds} from './attention.js';
import {addCosts, type ComputeCost, noCompute} from './compute-cost.js';
import type {Device} from './device.js';
import {elementwiseCost, normCost} from './elementwise-cost.js';
import {embeddingCost, lossCost} from './end-cost.js';
import {expertsCost, routerCost} from './expert-cost.js';
import {linearCost} from './linear-cost.js';

/** Device time of `operators`, one after the other, for one micro-batch of one device. */
export function computeCost(device: Device, operators: readonly Operator[], shard: Shard): ComputeCost {
  let total = noCompute;
  for (const operator of operators) {
    const cost = operatorCost(device, operator, shard);
    const part = partOf(operator);
    const repeated = part !== null && shard.selective.includes(part.part) ? part.share : 0;
    total = addCosts(total, repeated > 0 ? withRepeat(cost, repeated) : cost, 1);
  }
  return total;
}

function withRepeat(cost: ComputeCost, share: number): ComputeCost {
  return {...cost, selectiveForward: share * cost.forward, selectiveKernels: cost.forwardKernels};
}

function operatorCost(device: Device, operator: Operator, shard: Shard): ComputeCost {
  switch (operator.kind) {
    case 'gemm':
      return gemmCost(device, operator, shard);
    case 'attention':
      return attentionCost(device, operator, shard);
    case 'norm':
      return normCost(device, operator, shard);
    case 'elementwise':
      return elementwiseCost(device, operator, shard);
    case 'router':
      return routerCost(device, operator, shard);
    case 'experts':
      return expertsCost(device, operator, shard);
    case 'embedding':
      return embeddingCost(device, operator, shard);
    case 'loss':
      return lossCost(device, operator, shard);
  }
}

/** Forward product, and the two of the backward pass: gradients of the input and of the weight. */
function gemmCost(device: Device, gemm: Gemm, shard: Shard): ComputeCost {
  const tokens = tokenCounts(shard);
  const m = gemm.split === 'replicated' ? tokens.own : tokens.shared;
  const k = gemm.split === 'row' ? gemm.inFeatures / shard.tensor : gemm.inFeatures;
  // Logits stay in 16 bits whatever the precision of the layers, over the padded vocabulary.
  const logits = gemm.name === 'logits';
  const outFeatures = logits ? shard.paddedVocabulary : gemm.outFeatures;
  const n = gemm.split === 'column' ? outFeatures / shard.tensor : outFeatures;
  return linearCost(
    device,
    {m, n, k},
    {
      gradientBytes: shard.gradientBytes,
      narrow: !logits,
      biasKernels: gemm.bias && gemm.split === 'column' ? 1 : 0,
    },
  );
}

function attentionCost(device: Device, core: AttentionCore, shard: Shard): ComputeCost {
  const shape = attentionShape(core, shard);
  const pass = attentionSeconds(device, shape, runningKernel(shape, shard.attentionKernel));
  return {
    ...noCompute,
    forward: pass.forward,
    backwardInput: pass.backward,
    forwardKernels: pass.forwardKernels,
    backwardKernels: pass.backwardKernels,
  };
}

/** Squares of scores that one block of a fused softmax works off: it takes whole multiples only. */
const softmaxBlock = 4;

/**
 * A fused softmax takes heads x sequences in fours; otherwise it runs as separate kernels: tensor degrees
 * that leave a rank one or two heads pay for it. Megatron-LM, megatron/model/fused_softmax.py,
 * `is_kernel_available`.
 */
function runningKernel({sequences, heads}: AttentionShape, named: AttentionKernel): AttentionKernel {
  return named === 'fused-softmax' && (sequences * heads) % softmaxBlock !== 0 ? 'unfused' : named;
}

/** Heads, queries and keys of one rank; context parallelism splits queries and passes the keys around. */
function attentionShape(core: AttentionCore, shard: Shard): AttentionShape {
  const {sequenceLength: s, tensor} = shard;
  return {
    sequences: shard.microBatch,
    heads: core.numHeads / tensor,
    keyValueHeads: Math.max(1, core.numKeyValueHeads / tensor),
    queries: s / shard.context,
    keys: s,
    kept: Math.min(1, (causalKeys(core, s) / s) * shard.causalImbalance),
    headSize: core.headSize,
    valueHeadSize: core.valueHeadSize,
    dropout: shard.dropout,
  };
}
