import {type AttentionShape, attentionSeconds, softmaxPasses} from '../../cost/kernels/attention.js';
import type {Device, KernelContext} from '../../cost/kernels/device.js';
import {elementwiseWork, normWork} from '../../cost/kernels/elementwise-cost.js';
import {embeddingWork, lossWork} from '../../cost/kernels/embedding-and-loss.js';
import {expertsWork} from '../../cost/kernels/expert-cost.js';
import {alignmentSpeed, gemmSeconds, streamSeconds} from '../../cost/kernels/gemm.js';
import {groupedWork, linearWork} from '../../cost/kernels/linear-cost.js';
import type {RankWorkload} from '../../cost/workload/rank-workload.js';
import {type PassWork, plus, workOf} from '../../cost/workload/work.js';
import type {AttentionKernel} from '../../frameworks/stack.js';
import {activation, residual, rotary} from '../../model/elementwise.js';
import type {ExpertGroup, Gemm, NormOperator} from '../../model/operators.js';
import type {KernelRow, KernelSize} from './kernel-row.js';

/** Passes of a measured kernel, or why the model has none for it. */
export type KernelWork = PassWork | {readonly reason: string};

/** A row with the device that it ran on. */
export interface KernelCall {
  readonly row: KernelRow;
  /** A micro-batch of one token on one rank, with every operator fused; `tokens` widens it. */
  readonly context: KernelContext;
}

type Priced = (call: KernelCall) => KernelWork;

/** An operator whose work needs some sizes of the row. */
function sized<Size extends KernelSize>(
  needed: readonly Size[],
  work: (sizes: Readonly<Record<Size, number>>, call: KernelCall) => KernelWork,
): Priced {
  return call => {
    const open = needed.filter(size => call.row[size] === null);
    return open.length > 0
      ? {reason: `states no ${open.join(', ')}`}
      : work(call.row as Readonly<Record<Size, number>>, call);
  };
}

/** Operators by their name in tables; the rest of the folder knows none of them. */
export const kernelWorks: Readonly<Record<string, Priced>> = {
  matmul: sized(['m', 'n', 'k'], product),
  linear: sized(['m', 'n', 'k'], (shape, {context}) =>
    linearWork(context, shape, {narrow: true, biasKernels: 0}),
  ),
  'linear-bias': sized(['m', 'n', 'k'], (shape, {context}) =>
    linearWork(context, shape, {narrow: true, biasKernels: 1}),
  ),
  logits: sized(['m', 'n', 'k'], (shape, {context}) =>
    linearWork(context, shape, {narrow: false, biasKernels: 0}),
  ),
  'grouped-matmul': sized(['m', 'n', 'k', 'groups'], groupedProduct),
  'moe-experts': sized(['m', 'n', 'k', 'groups'], (sizes, call) => expertBlock(sizes, call)),
  'attention-scores': sized(['batch', 'm', 'n', 'k'], batchedProduct),
  'attention-values': sized(['batch', 'm', 'n', 'k'], batchedProduct),
  attention: sized(['batch', 'sequence', 'heads', 'headSize'], attention),
  'attention-flash': sized(['batch', 'sequence', 'heads', 'headSize'], attention),
  softmax: softmax,
  'softmax-fused-causal': softmax,
  rotary: rotaryPositions,
  'layer-norm': sized(['m', 'hidden'], norm('layer', 'fused')),
  'rms-norm': sized(['m', 'hidden'], norm('rms', 'fused')),
  'rms-norm-separate': sized(['m', 'hidden'], norm('rms', 'in-16-bits')),
  'fused-add-rms-norm': sized(['m', 'hidden'], (sizes, call) =>
    /fused_add|quack/i.test(call.row.library)
      ? plus(
          norm('rms', 'fused')(sizes, call),
          elementwiseWork(tokens(call, sizes.m), residual(sizes.hidden, false, false)),
        )
      : {reason: 'sums in kernels of their own are not modelled'},
  ),
  'residual-add': sized(['m', 'hidden'], ({m, hidden}, call) =>
    elementwiseWork(tokens(call, m), residual(hidden, false, false)),
  ),
  gelu: sized(['m', 'hidden'], ({m, hidden}, call) =>
    elementwiseWork(tokens(call, m), activation(hidden, false, false, [])),
  ),
  'relu-squared': sized(['m', 'n'], ({m, n}, call) =>
    isComposed(call.row)
      ? {reason: 'a square in a kernel of its own is not modelled'}
      : elementwiseWork(tokens(call, m), activation(n, false, false, [])),
  ),
  // The width is that of gate and up together.
  swiglu: sized(['m', 'hidden'], ({m, hidden}, call) =>
    elementwiseWork(tokens(call, m), activation(hidden / 2, true, false, [])),
  ),
  'swiglu-mlp': sized(['m', 'n', 'k'], gatedBlock),
  'geglu-mlp': sized(['m', 'n', 'k'], gatedBlock),
  embedding: sized(['m', 'hidden', 'vocabulary'], ({m, hidden, vocabulary}, call) =>
    embeddingWork(tokens(call, m, {paddedVocabulary: vocabulary}), {
      kind: 'embedding',
      hiddenSize: hidden,
      vocabularySize: vocabulary,
      saved: [],
    }),
  ),
  'cross-entropy': sized(['m', 'vocabulary'], crossEntropy),
  'fused-linear-cross-entropy': sized(['m', 'hidden', 'vocabulary'], ({m, hidden, vocabulary}, call) =>
    isLossInChunks(call.row)
      ? {reason: 'a loss in chunks is not modelled'}
      : plus(
          linearWork(tokens(call, m), {m, n: vocabulary, k: hidden}, {narrow: false, biasKernels: 0}),
          crossEntropy({m, vocabulary}, call) as PassWork,
        ),
  ),
  quantise: sized(['m', 'k'], ({m, k}, {context: {device}}) =>
    workOf({forward: streamSeconds(device, (2 + device.weightBytes) * m * k)}),
  ),
  // The buffer is read once and written once.
  copy: sized(['bytes'], ({bytes}, {context: {device}}) =>
    workOf({forward: streamSeconds(device, 2 * bytes)}),
  ),
  // vLLM's is what one more look at the values costs its cast.
  amax: sized(['m', 'k'], ({m, k}, {row, context: {device}}) =>
    workOf({
      forward: /^vllm/.test(row.library) ? streamSeconds(device, 2 * m * k, 0) : amaxSeconds(device, m * k),
    }),
  ),
};

/** The same rank with as many tokens in its micro-batch. */
function tokens({context}: KernelCall, count: number, changed: Partial<RankWorkload> = {}): KernelContext {
  return {...context, workload: {...context.workload, sequenceLength: count, ...changed}};
}

/** One product of given operands; in narrow formats with the cast of its input where the row timed it. */
function product(
  {m, n, k}: Readonly<Record<'m' | 'n' | 'k', number>>,
  {row, context: {device}}: KernelCall,
): KernelWork {
  const {activationBytes: a, weightBytes: w} = device;
  const batch = row.batch ?? 1;
  const narrow = w < a;
  const aligned = narrow ? 1 : Math.min(alignmentSpeed(a * n), alignmentSpeed(a * k));
  const speed = {peak: device.gemmPeak, efficiency: aligned * device.gemmEfficiency};
  const traffic = batch * (w * m * k + w * k * n + a * m * n);
  const cast = narrow && isCastTimed(row) ? castSeconds(device, row, m * k) : 0;
  return workOf({forward: gemmSeconds(device, speed, {batch, m, n, k, outputBytes: a}, traffic) + cast});
}

/**
 * Cast of the input of a product. TensorRT-LLM looks for the greatest value of the tensor first where one scale
 * is that of all of it; scales of tokens and blocks cost a second look at the values in the same kernel.
 */
function castSeconds(device: Device, {dtype, library}: KernelRow, elements: number): number {
  const bytes = 2 + device.weightBytes;
  const hasTensorScale = /^trtllm/.test(library) && dtype !== 'fp8-block';
  return hasTensorScale
    ? streamSeconds(device, bytes * elements) + amaxSeconds(device, elements)
    : streamSeconds(device, (bytes + 2) * elements);
}

/**
 * Greatest value of a tensor: three kernels, which take as long as a stream of 4.5 bytes a value. Measured on
 * H100 to GB200, ai-dynamo/aiconfigurator at 095f58a.
 */
function amaxSeconds(device: Device, elements: number): number {
  return streamSeconds(device, 4.5 * elements, 3);
}

function isCastTimed({notes}: KernelRow): boolean {
  return /quanti[sz]ed inside|cast and gemm/i.test(notes);
}

/** Products of attention as separate kernels; backward, one for each operand. */
function batchedProduct(
  {batch, m, n, k}: Readonly<Record<'batch' | 'm' | 'n' | 'k', number>>,
  {context: {device}}: KernelCall,
): KernelWork {
  const {activationBytes: a} = device;
  const aligned = Math.min(alignmentSpeed(a * n), alignmentSpeed(a * k));
  const speed = {peak: device.gemm16Peak, efficiency: aligned * device.gemm16Efficiency};
  const traffic = a * batch * (m * k + k * n + m * n);
  const seconds = (rows: number, columns: number, depth: number) =>
    gemmSeconds(device, speed, {batch, m: rows, n: columns, k: depth, outputBytes: a}, traffic);
  return workOf({
    forward: seconds(m, n, k),
    backwardInput: seconds(m, k, n),
    backwardWeight: seconds(k, n, m),
  });
}

/** Tables count the rows of one group, of all groups, or the tokens of a whole block of experts. */
function groupedProduct(
  sizes: Readonly<Record<'m' | 'n' | 'k' | 'groups', number>>,
  call: KernelCall,
): KernelWork {
  const {m, n, k, groups} = sizes;
  const {notes} = call.row;
  const {device} = call.context;
  // Tables time libraries that take all groups in one kernel.
  const context = {...call.context, device: {...device, groupedIssue: 0, groupedExposure: 0}};
  if (/whole expert block/i.test(notes)) return expertBlock(sizes, {...call, context});
  const ofAll = /\ball rows\b|\bragged\b/i.test(notes) && !/rows per group/i.test(notes);
  return groupedWork(context, groups, {m: ofAll ? m / groups : m, n, k});
}

/** Gate and up, activation and down of every expert, with the permutation around them. */
function expertBlock(
  {m, n, k, groups}: Readonly<Record<'m' | 'n' | 'k' | 'groups', number>>,
  call: KernelCall,
): KernelWork {
  const {library} = call.row;
  if (/triton/i.test(library)) return {reason: 'experts in Triton are not modelled'};
  if (isComposed(call.row)) return {reason: 'a loop over experts is not modelled'};
  const topK = Number(/top-(\d+)/.exec(call.row.notes)?.[1]);
  if (!(topK > 0)) return {reason: 'states no experts of a token (top-k) in its notes'};
  const [, experts = groups, ranks = 1] =
    /top-\d+ of (\d+) experts, expert parallel (\d+)/.exec(call.row.notes)?.map(Number) ?? [];
  const group: ExpertGroup = {
    kind: 'experts',
    numExperts: experts,
    // A rank of several sees its share of the copies.
    topK: topK / ranks,
    // These gather the rows of an expert while they read them.
    hiddenSize: /AITER|flashinfer|min_latency/i.test(library) ? 0 : k,
    expertHiddenSize: n,
    gemms: [projection('mlp-up', k, 2 * n), projection('mlp-down', n, k)],
    activation: activation(n, true, false, []),
    saved: [],
  };
  return expertsWork(tokens(call, m), {...group, numExperts: experts / ranks});
}

function projection(name: Gemm['name'], inFeatures: number, outFeatures: number): Gemm {
  return {
    kind: 'gemm',
    name,
    inFeatures,
    outFeatures,
    bias: false,
    split: name === 'mlp-up' ? 'column' : 'row',
    alternateShare: 0,
    saved: [],
  };
}

function gatedBlock({m, n, k}: Readonly<Record<'m' | 'n' | 'k', number>>, call: KernelCall): KernelWork {
  if (/tiled/i.test(call.row.library)) return {reason: 'a block in tiles of the sequence is not modelled'};
  const linear = (columns: number, depth: number) =>
    linearWork(call.context, {m, n: columns, k: depth}, {narrow: true, biasKernels: 0});
  const between = elementwiseWork(tokens(call, m), activation(n, true, false, []));
  return plus(plus(linear(2 * n, k), linear(k, n)), between);
}

function attention(
  {batch, sequence, heads, headSize}: Readonly<Record<'batch' | 'sequence' | 'heads' | 'headSize', number>>,
  {row, context: {device}}: KernelCall,
): KernelWork {
  if (device.weightBytes < 2) return {reason: 'attention in 8 bits is not modelled'};
  const valueHeadSize = Number(/(\d+) for values/.exec(row.notes)?.[1] ?? headSize);
  const shape: AttentionShape = {
    sequences: batch,
    heads,
    keyValueHeads: row.keyValueHeads ?? heads,
    queries: sequence,
    keys: sequence,
    ...seenKeys(row, sequence),
    headSize,
    valueHeadSize,
    dropout: false,
  };
  if (/triton/i.test(row.library)) return {reason: 'attention in Triton is not modelled'};
  const {forward, backward} = attentionSeconds(device, shape, attentionKernelOf(row));
  return workOf({forward: forward + (isPaged(row) ? pagedStart : 0), backwardInput: backward});
}

/** Keys and values of serving libraries are in pages. */
function isPaged({notes}: KernelRow): boolean {
  return /paged/i.test(notes);
}

/** Time in which they look their pages up: 13 to 25 us of start in all, ai-dynamo/aiconfigurator at 095f58a. */
const pagedStart = 10e-6;

/** Keys that mask and window leave to the average query, and at most to one. */
function seenKeys(
  {causal, window}: KernelRow,
  sequence: number,
): Pick<AttentionShape, 'seenKeys' | 'mostKeys' | 'masked'> {
  const isWindow = window !== null && window > 0 && window < sequence;
  if (causal !== true) {
    const keys = isWindow ? Math.min(sequence, 2 * window + 1) : sequence;
    return {seenKeys: keys, mostKeys: keys, masked: isWindow};
  }
  const span = isWindow ? window : sequence;
  return {seenKeys: span - (span * (span - 1)) / (2 * sequence), mostKeys: span, masked: true};
}

const attentionLibraries: readonly (readonly [RegExp, AttentionKernel])[] = [
  [/unfused|math|eager/i, 'unfused'],
  [/flash.?attention-?1/i, 'flash1'],
  [/flash.?attention-?2|pyt_flash|^flash_attention|sdpa/i, 'flash2'],
];

/** The kernel that the library's name means; without one, the best of the device's generation. */
function attentionKernelOf({library, operator}: KernelRow): AttentionKernel {
  if (operator === 'attention-flash') return 'flash2';
  return attentionLibraries.find(([pattern]) => pattern.test(library))?.[1] ?? 'flash3';
}

/** Over rows of the vocabulary, of `n` values, or over the square of a sequence. */
function softmax({row, context: {device}}: KernelCall): KernelWork {
  const {m, n, vocabulary, batch, sequence} = row;
  const columns = vocabulary ?? n;
  const square = sequence === null ? null : (batch ?? 1) * sequence ** 2;
  const elements = m !== null && columns !== null ? m * columns : square;
  if (elements === null) return {reason: 'states no m with vocab or n, nor a sequence'};
  const passes = softmaxPasses[isTorchSoftmax(row) ? 'torch' : 'fused'];
  const seconds = (count: number) => streamSeconds(device, count * device.activationBytes * elements);
  return workOf({forward: seconds(passes.forward), backwardInput: seconds(passes.backward)});
}

/** PyTorch's softmax is what a table without a library timed. */
function isTorchSoftmax({operator, library}: KernelRow): boolean {
  return operator === 'softmax' && (library === '' || /^torch/i.test(library));
}

function rotaryPositions(call: KernelCall): KernelWork {
  if (/llama4/i.test(call.row.notes)) return {reason: 'positions as complex numbers are not modelled'};
  const {batch, sequence, m, heads, keyValueHeads, headSize} = call.row;
  const count = m ?? (sequence === null ? null : (batch ?? 1) * sequence);
  if (count === null || heads === null || headSize === null) {
    return {reason: 'states no tokens, heads and size of a head'};
  }
  const width = (heads + (keyValueHeads ?? heads)) * headSize;
  const isFused = call.row.library !== '' && !isComposed(call.row);
  return elementwiseWork(tokens(call, count, fusedAs(call, {rotary: isFused})), rotary(width));
}

/** Libraries that compose an operator of PyTorch's own kernels. */
function isComposed({library}: KernelRow): boolean {
  return /huggingface|eager|^torch \(baseline/i.test(library);
}

function fusedAs({context}: KernelCall, fused: Partial<RankWorkload['fused']>): Pick<RankWorkload, 'fused'> {
  return {fused: {...context.workload.fused, ...fused}};
}

/** @param separate how a norm runs that its library composes of kernels */
function norm(type: NormOperator['type'], separate: RankWorkload['eagerNorm'] | 'fused') {
  return ({m, hidden}: Readonly<Record<'m' | 'hidden', number>>, call: KernelCall): PassWork => {
    const {library} = call.row;
    // PyTorch's own kernel, eager or compiled, takes as long for both kinds of norms; a table without a library timed it.
    const isTorch =
      /^(pytorch|torch)/i.test(library) || (type === 'layer' && (library === '' || isComposed(call.row)));
    const isSeparate = !isTorch && (separate === 'in-16-bits' || isComposed(call.row));
    const workload = {
      ...fusedAs(call, {norm: !isTorch && !isSeparate}),
      eagerNorm: separate === 'fused' ? ('in-32-bits' as const) : separate,
    };
    return normWork(tokens(call, m, workload), {
      kind: 'norm',
      name: 'input',
      type: isTorch ? 'layer' : type,
      features: hidden,
      split: 'sequence',
      saved: [],
    });
  };
}

function crossEntropy(
  {m, vocabulary}: Readonly<Record<'m' | 'vocabulary', number>>,
  call: KernelCall,
): KernelWork {
  const {library} = call.row;
  if (/megatron-fused/i.test(library)) return {reason: 'the fused steps of Megatron are not modelled'};
  // A table that names no library timed GPT-NeoX.
  const isNeox = library === '';
  const isSteps = /megatron-unfused/i.test(library);
  const workload = {
    ...fusedAs(call, {crossEntropy: !isNeox && !isSteps && !isComposed(call.row)}),
    eagerLoss: isNeox
      ? ('steps-in-16-bits' as const)
      : isSteps
        ? ('steps-in-32-bits' as const)
        : ('torch' as const),
    paddedVocabulary: vocabulary,
  };
  return lossWork(tokens(call, m, workload), {kind: 'loss', vocabularySize: vocabulary, saved: []});
}

function isLossInChunks({library}: KernelRow): boolean {
  return !isComposed({library} as KernelRow);
}
