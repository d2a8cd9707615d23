import type {AttentionKernel} from '../../frameworks/stack.js';
import {type AttentionCore, causalKeys, type Gemm, type Operator} from '../../model/operators.js';
import {repeatedShare} from '../../model/selective-recompute.js';
import {type RankWorkload, tokenCounts} from '../workload/rank-workload.js';
import {noWork, type PassWork, plus, workOf, workTerm} from '../workload/work.js';
import {type AttentionShape, attentionSeconds} from './attention.js';
import type {KernelContext} from './device.js';
import {elementwiseWork, normWork} from './elementwise-cost.js';
import {embeddingWork, lossWork} from './embedding-and-loss.js';
import {expertsWork, routerWork} from './expert-cost.js';
import {linearWork} from './linear-cost.js';

/** Device time of `operators`, one after the other, for one micro-batch of one device. */
export function computeWork(context: KernelContext, operators: readonly Operator[]): PassWork {
  let total = noWork;
  for (const operator of operators) {
    const work = operatorWork(context, operator);
    const share = repeatedShare(operator, context.workload.selective);
    total = plus(total, work);
    if (share > 0) total = plus(total, repeatedWork(work, share));
  }
  return total;
}

function repeatedWork(work: PassWork, share: number): PassWork {
  return workOf({
    selectiveForward: share * work[workTerm.forward],
    selectiveKernels: work[workTerm.forwardKernels],
  });
}

function operatorWork(context: KernelContext, operator: Operator): PassWork {
  switch (operator.kind) {
    case 'gemm':
      return gemmWork(context, operator);
    case 'attention':
      return attentionWork(context, operator);
    case 'norm':
      return normWork(context, operator);
    case 'elementwise':
      return elementwiseWork(context, operator);
    case 'router':
      return routerWork(context, operator);
    case 'experts':
      return expertsWork(context, operator);
    case 'embedding':
      return embeddingWork(context, operator);
    case 'loss':
      return lossWork(context, operator);
  }
}

/** Forward product, and the two of the backward pass: gradients of the input and of the weight. */
function gemmWork(context: KernelContext, gemm: Gemm): PassWork {
  const {workload} = context;
  const tokens = tokenCounts(workload);
  const m = gemm.split === 'replicated' ? tokens.own : tokens.shared;
  const k = gemm.split === 'row' ? gemm.inFeatures / workload.tensor : gemm.inFeatures;
  // Logits stay in 16 bits whatever the precision of the layers, over the padded vocabulary.
  const logits = gemm.name === 'logits';
  const outFeatures = logits ? workload.paddedVocabulary : gemm.outFeatures;
  const n = gemm.split === 'column' ? outFeatures / workload.tensor : outFeatures;
  const biasKernels = gemm.bias && gemm.split === 'column' ? 1 : 0;
  return linearWork(context, {m, n, k}, {narrow: !logits, biasKernels});
}

function attentionWork({device, workload}: KernelContext, core: AttentionCore): PassWork {
  const shape = attentionShape(core, workload);
  const pass = attentionSeconds(device, shape, runningKernel(shape, workload.attentionKernel));
  return workOf({
    forward: pass.forward,
    backwardInput: pass.backward,
    forwardKernels: pass.forwardKernels,
    backwardKernels: pass.backwardKernels,
  });
}

/** Squares of scores that one block of a fused softmax takes: whole multiples only. */
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
function attentionShape(core: AttentionCore, workload: RankWorkload): AttentionShape {
  const {sequenceLength: s, tensor} = workload;
  const mostKeys = core.span === null ? s : Math.min(core.span.tokens, s);
  return {
    sequences: workload.microBatch,
    heads: core.numHeads / tensor,
    keyValueHeads: Math.max(1, core.numKeyValueHeads / tensor),
    queries: s / workload.context,
    keys: s,
    seenKeys: Math.min(mostKeys, causalKeys(core, s) * workload.causalImbalance),
    mostKeys,
    masked: true,
    headSize: core.headSize,
    valueHeadSize: core.valueHeadSize,
    dropout: workload.dropout,
  };
}
