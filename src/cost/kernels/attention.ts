import type {HeadSpeed} from '../../cluster/accelerator.js';
import type {AttentionKernel} from '../../frameworks/stack.js';
import type {Device, FlashKernel, FlashPass} from './device.js';
import {gemmSeconds, streamSeconds} from './gemm.js';

/** Attention of one micro-batch on one device: shapes after tensor and context parallelism. */
export interface AttentionShape {
  readonly sequences: number;
  /** Query heads and key-value heads on this device. */
  readonly heads: number;
  readonly keyValueHeads: number;
  /** Query rows on this device, and the keys that it holds for them. */
  readonly queries: number;
  readonly keys: number;
  /** Keys that the mask leaves to the average query, and at most to one. */
  readonly seenKeys: number;
  readonly mostKeys: number;
  /** Whether a mask cuts blocks of keys: causal, or a window. */
  readonly masked: boolean;
  readonly headSize: number;
  readonly valueHeadSize: number;
  readonly dropout: boolean;
}

/** Seconds and kernels of attention for one micro-batch, forward and backward. */
export interface KernelPass {
  /** Device time. */
  readonly forward: number;
  readonly backward: number;
  /** Kernels that the host launches. */
  readonly forwardKernels: number;
  readonly backwardKernels: number;
}

/** Rows of queries that one block of a flash kernel takes. FlashAttention-2, arXiv 2307.08691 sec. 3.3. */
const flashBlock = 128;

/**
 * Time of scores, softmax and weighted values in seconds, without the projections around them.
 *
 * Flash kernels skip the masked half and keep scores on chip; the others compute and move the whole
 * square. FlashAttention's backward pass computes five products where the forward pass computes two.
 */
export function attentionSeconds(device: Device, shape: AttentionShape, kernel: AttentionKernel): KernelPass {
  switch (kernel) {
    case 'flash3':
      return flashSeconds(device, shape, device.attention);
    case 'flash2':
      return flashSeconds(device, shape, device.flash2);
    case 'flash1':
      return slower(flashSeconds(device, shape, device.flash2), flash1Speed);
    default:
      return unfusedSeconds(device, shape, kernel === 'fused-softmax');
  }
}

/** FlashAttention-1 reaches about half of version 2's speed. arXiv 2307.08691, abstract and Fig. 4. */
const flash1Speed = 0.55;

/** Products over the width of queries and keys, and over that of values. FlashAttention-2, arXiv 2307.08691 sec. 2.3. */
const forwardProducts = [1, 1] as const;
const backwardProducts = [3, 2] as const;

/** Kernels of a backward pass: products of gradients and outputs, the pass itself, queries' gradients to 16 bits. */
const flashBackwardKernels = 3;

function flashSeconds(device: Device, shape: AttentionShape, {forward, backward}: FlashKernel): KernelPass {
  const {sequences, heads, queries, keys, headSize, valueHeadSize} = shape;
  const qkv = sequences * (queries * heads + 2 * keys * shape.keyValueHeads) * headSize;
  const memory =
    (device.activationBytes * (qkv + sequences * queries * heads * valueHeadSize)) / device.operandBandwidth;
  return {
    forward:
      device.attentionStart + Math.max(flashPassSeconds(device, shape, forward, forwardProducts), memory),
    backward:
      flashBackwardKernels * device.attentionStart +
      Math.max(flashPassSeconds(device, shape, backward, backwardProducts), 2 * memory),
    forwardKernels: 1,
    backwardKernels: 2,
  };
}

/**
 * Time that a flash kernel computes. A query costs the keys that it reads and, whatever their number, as much
 * as `rowKeys` more: so a causal mask costs speed through the half of the keys that it leaves, and a short
 * window takes nearly as long as the blocks that it touches. Units wait for the last block, and none takes less
 * than the longest block.
 *
 * Over the libraries of kernels.csv on Hopper, Blackwell and CDNA 4 this form has a median error of 2 to 7 %
 * and holds for windows of 128 keys, to which it was not fitted, within 15 to 30 %.
 *
 * @param products per key, over the width of queries and over that of values
 */
function flashPassSeconds(
  device: Device,
  {sequences, heads, queries, seenKeys, mostKeys, masked, headSize, valueHeadSize}: AttentionShape,
  pass: FlashPass,
  [overQueries, overValues]: readonly [number, number],
): number {
  // A block that is not full takes as long as a full one.
  const rows = sequences * heads * Math.ceil(queries / flashBlock) * flashBlock;
  const rowKeys = pass.rowKeys + (masked ? pass.maskedKeys : 0);
  const compiled = compiledHead(pass.heads, headSize);
  const width = overQueries * compiled.size + overValues * compiledHead(pass.heads, valueHeadSize).size;
  const longestRows = device.numComputeUnits * (mostKeys + rowKeys);
  const work = rows * (seenKeys + rowKeys) + pass.tailRows * longestRows;
  return (2 * width * Math.max(work, flashBlock * longestRows)) / (pass.rate * compiled.speed);
}

/** The least compiled size that holds the head; wider heads run as the widest does. */
function compiledHead(heads: readonly HeadSpeed[], headSize: number): HeadSpeed {
  for (const head of heads) if (head.size >= headSize) return head;
  const widest = heads.at(-1);
  return {size: headSize, speed: widest?.speed ?? 1};
}

function slower(pass: KernelPass, speed: number): KernelPass {
  return {...pass, forward: pass.forward / speed, backward: pass.backward / speed};
}

/** Rows of heads that do not start on 16 bytes keep a batched product off the matrix units. NVIDIA DU-09799-001 sec. 2.2. */
function isAligned(rowBytes: number): boolean {
  return rowBytes % 16 === 0;
}

/**
 * Share of the vector units' 32-bit peak that such a product reaches: fitted to measurements.csv, rows
 * of bigsci with 96 and 128 heads on hidden sizes of 14400 and 13824 against their twins with 64.
 */
const vectorEfficiency = 0.9;

/**
 * Passes over the square of scores: Megatron's fused, causal softmax; PyTorch's softmax alone; and that with
 * conversion, scale and mask in kernels of their own. The first two: A100 and GH200
 * (DebarghaG/estimate-train-time at 1ac4d5e), which differ by a fifth.
 */
export const softmaxPasses = {
  fused: {forward: 2.25, backward: 3.4},
  torch: {forward: 4.9, backward: 6.8},
  separate: {forward: 8, backward: 7},
} as const;

/** To 32 bits, scale, mask as booleans, fill, softmax, back to 16 bits. Megatron-LM, `forward_torch_softmax`. */
const separateSoftmaxKernels = 6;

function unfusedSeconds(device: Device, shape: AttentionShape, fusedSoftmax: boolean): KernelPass {
  const {sequences, heads, queries, keys, headSize, valueHeadSize, dropout} = shape;
  const batch = sequences * heads;
  const square = batch * queries * keys;
  const e = device.activationBytes;
  const io = (columns: number, depth: number) =>
    e * batch * (queries * depth + keys * depth + queries * columns);
  const matrix = isAligned(headSize * e) && isAligned(valueHeadSize * e);
  const speed = matrix
    ? {peak: device.gemm16Peak, efficiency: device.gemm16Efficiency}
    : {peak: device.vectorPeak, efficiency: vectorEfficiency};
  const gemm = (m: number, n: number, k: number, traffic: number) =>
    gemmSeconds(device, speed, {batch, m, n, k, outputBytes: e}, traffic);
  const scores = gemm(queries, keys, headSize, io(keys, headSize));
  const values = gemm(queries, valueHeadSize, keys, io(keys, valueHeadSize));
  // Backward: dV = P^T dO, dP = dO V^T, dQ = dS K, dK = dS^T Q.
  const valuesBackward =
    gemm(keys, valueHeadSize, queries, io(keys, valueHeadSize)) +
    gemm(queries, keys, valueHeadSize, io(keys, valueHeadSize));
  const scoresBackward =
    gemm(queries, headSize, keys, io(keys, headSize)) + gemm(keys, headSize, queries, io(keys, headSize));
  const passes = softmaxPasses[fusedSoftmax ? 'fused' : 'separate'];
  const softmaxForward = streamSeconds(device, passes.forward * e * square);
  const softmaxBackward = streamSeconds(device, passes.backward * e * square);
  const dropoutForward = dropout ? streamSeconds(device, (2 * e + 1) * square) : 0;
  const dropoutBackward = dropout ? streamSeconds(device, (2 * e + 1) * square) : 0;
  const softmaxKernels = (fusedSoftmax ? 1 : separateSoftmaxKernels) + (dropout ? 1 : 0);
  return {
    forward: scores + values + softmaxForward + dropoutForward,
    backward: scoresBackward + valuesBackward + softmaxBackward + dropoutBackward,
    forwardKernels: 2 + softmaxKernels,
    backwardKernels: 4 + softmaxKernels,
  };
}
