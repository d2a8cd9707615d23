import {type AttentionKernel, isFlash} from '../../frameworks/stack.js';
import type {Device} from './device.js';
import {gemmSeconds, streamSeconds} from './gemm.js';

/** Attention of one micro-batch on one device: shapes after tensor and context parallelism. */
export interface AttentionShape {
  readonly sequences: number;
  /** Query heads and key-value heads on this device. */
  readonly heads: number;
  readonly keyValueHeads: number;
  /** Query rows on this device, and the keys that the average query reads when nothing is masked. */
  readonly queries: number;
  readonly keys: number;
  /** Share of the query-key pairs that the mask keeps: about a half for causal attention. */
  readonly kept: number;
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
  return isFlash(kernel)
    ? flashSeconds(device, shape, flashSpeed(device, kernel))
    : unfusedSeconds(device, shape, kernel === 'fused-softmax');
}

/** FlashAttention-1 reaches about half of version 2's speed. arXiv 2307.08691, abstract and Fig. 4. */
const flash1Speed = 0.55;

/** Speed of a flash kernel over that of the best one on its device. */
function flashSpeed({flash2Share}: Device, kernel: AttentionKernel): number {
  if (kernel === 'flash3') return 1;
  return kernel === 'flash1' ? flash1Speed * flash2Share : flash2Share;
}

function flashSeconds(device: Device, shape: AttentionShape, speed: number): KernelPass {
  const {sequences, heads, queries, keys, kept, headSize, valueHeadSize} = shape;
  const numBlocks = sequences * heads * Math.ceil(queries / flashBlock);
  // A block that is not full takes as long as a full one.
  const pairs = numBlocks * flashBlock * keys * kept;
  const blocks = numBlocks / device.numComputeUnits;
  const forwardRate = device.attentionForward * speed * headSpeed(headSize, wideHeadLoss.forward) * blocks;
  const backwardRate = device.attentionBackward * speed * headSpeed(headSize, wideHeadLoss.backward) * blocks;
  const qkv = sequences * (queries * heads + 2 * keys * shape.keyValueHeads) * headSize;
  const memory =
    (device.activationBytes * (qkv + sequences * queries * heads * valueHeadSize)) / device.memoryBandwidth;
  const forward =
    ((2 * pairs * (headSize + valueHeadSize)) / forwardRate) * spread(blocks, device.attentionForwardTail);
  const backward =
    ((2 * pairs * (3 * headSize + 2 * valueHeadSize)) / backwardRate) *
    spread(blocks, device.attentionBackwardTail);
  return {
    forward: Math.max(forward, memory),
    backward: Math.max(backward, 2 * memory),
    forwardKernels: 1,
    backwardKernels: 2,
  };
}

/**
 * Blocks that the busiest compute unit works off: its share, and the wait for the longest ones at the
 * end, which is half of such a block; and one longest block at least.
 */
function spread(blocks: number, tail: number): number {
  return Math.max(2 * tail, blocks + tail);
}

/**
 * Speed of a head size over that of 128: narrower heads do more softmax for each product, wider ones
 * leave the five products of the backward pass too few registers.
 */
function headSpeed(headSize: number, wideLoss: number): number {
  return headSize <= 128 ? (headSize / 128) ** narrowHeadLoss : (128 / headSize) ** wideLoss;
}

/** A prior: heads of 64 reach about 0.8 of the speed of 128. FlashAttention-2, arXiv 2307.08691 Figs. 4 and 5, recalled. */
const narrowHeadLoss = 0.35;
/** Fitted to gemm.csv, sdp rows of 192-wide heads that test/cost/measured-kernels.ts does not hold out. */
const wideHeadLoss = {forward: 0.1, backward: 0.45};

/** Rows of heads that do not start on 16 bytes keep a batched product off the matrix units. NVIDIA DU-09799-001 sec. 2.2. */
function isAligned(rowBytes: number): boolean {
  return rowBytes % 16 === 0;
}

/**
 * Share of the vector units' 32-bit peak that such a product reaches: fitted to measurements.csv, rows
 * of bigsci with 96 and 128 heads on hidden sizes of 14400 and 13824 against their twins with 64.
 */
const vectorEfficiency = 0.9;

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
  // Reads and writes of each element of the square; a separate scale, mask and softmax touch it thrice.
  const softmaxForward = streamSeconds(device, (fusedSoftmax ? 2 * e : 8 * e) * square);
  const softmaxBackward = streamSeconds(device, (fusedSoftmax ? 3 * e : 7 * e) * square);
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
