/**
 * A buffer that an operator keeps from the forward pass for the backward pass, per token of the
 * micro-batch and before any parallelism.
 */
export interface SavedActivation {
  readonly name: string;
  readonly elements: number;
  /** Elements are per token and key, not per token: the square of an unfused attention. */
  readonly perKey: boolean;
  readonly class: ValueClass;
  readonly split: ActivationSplit;
  /** Which attention kernels keep it. */
  readonly kernels: keyof typeof savedUnder;
  /** Selective recomputation that computes it again; null: only that of the whole layer does. */
  readonly remadeBy: RecomputedPart | null;
  /** Kept only where the steps of this operator are kernels of their own; null: always. */
  readonly unfused: UnfusedPart | null;
  /** Kept only where this is recomputed, as a policy over operators keeps outputs that nothing needs; null: always. */
  readonly storedBy: RecomputedPart | null;
  /** Block that computes it from its own input, and does so again where it is recomputed as a whole; null: none. */
  readonly block: RecomputedBlock | null;
}

/** The dense feed-forward block of a layer, its routed experts with their router, or its shared experts. */
export type RecomputedBlock = 'mlp' | 'experts' | 'shared-experts';

/** Scores never leave the chip, or go through a fused softmax, or through kernels of their own in 32 bits. */
export type ScoreKernels = 'on-chip' | 'fused' | 'separate';

const savedUnder = {
  all: ['on-chip', 'fused', 'separate'],
  flash: ['on-chip'],
  unfused: ['fused', 'separate'],
  separate: ['separate'],
} as const satisfies Record<string, readonly ScoreKernels[]>;

/** Operators whose steps may be kernels of their own. */
export type UnfusedPart = 'norm' | 'activation';

/**
 * A value in the precision of activations (16 bits in mixed precision), a one-byte mask, or a 32-bit number.
 * Frameworks that train in 8 bits may keep some values in fewer bits than others: what only a product with
 * weights reads again, what attention hands to its output projection, and what the activation reads.
 */
export type ValueClass = StoredClass | 'mask' | 'float32';

type StoredClass = 'value' | 'product-input' | 'attention-output' | 'activation-input';

/** Bytes of a value of each class as it waits for the backward pass. */
export type StoredBytes = Readonly<Record<StoredClass, number>>;

/**
 * What divides a buffer: tensor parallelism always; sequence parallelism, where it is on; or
 * dispatch: the tokens sent to experts, of which a rank holds tensor / expertTensor times fewer.
 */
export type ActivationSplit = 'tensor' | 'sequence' | 'dispatched';

/**
 * Parts of a layer that are cheap to do again. Selective recomputation in the sense of Korthikanti et al.
 * 2022 (arXiv 2205.05198) is 'attention-core'; DeepSeek-V3 (arXiv 2412.19437 sec. 3.2.3) remakes norms,
 * up-projections and activations; frameworks that decide for each operator remake every other product.
 */
export type RecomputedPart =
  | 'attention-core'
  | 'norm'
  | 'up-projection'
  | 'activation'
  | 'expert-activation'
  | 'alternate-product'
  // Experts are recomputed, but what their all-to-alls brought is kept.
  | 'exchanged-experts'
  | RecomputedBlock;

type Optional = Partial<
  Pick<SavedActivation, 'perKey' | 'class' | 'kernels' | 'remadeBy' | 'unfused' | 'storedBy' | 'block'>
>;

/** A buffer of 16-bit values, one for each token, unless stated otherwise. */
export function saved(
  name: string,
  elements: number,
  split: ActivationSplit,
  otherwise: Optional = {},
): SavedActivation {
  return {
    name,
    elements,
    split,
    perKey: false,
    class: 'value',
    kernels: 'all',
    remadeBy: null,
    unfused: null,
    storedBy: null,
    block: null,
    ...otherwise,
  };
}

/** How a layer is trained and divided, as far as its activations depend on it. */
export interface ActivationContext {
  readonly sequenceLength: number;
  readonly scores: ScoreKernels;
  readonly fused: Readonly<Record<UnfusedPart, boolean>>;
  readonly tensor: number;
  /** Tensor degree inside experts. */
  readonly expertTensor: number;
  readonly sequenceParallel: boolean;
  readonly stored: StoredBytes;
  /** Parts computed again in the backward pass; their buffers are not kept. */
  readonly recomputed: readonly RecomputedPart[];
}

/** Bytes that one rank keeps of `buffers` for one token of its micro-batch (of its context shard). */
export function savedBytesPerToken(buffers: readonly SavedActivation[], context: ActivationContext): number {
  let total = 0;
  for (const buffer of buffers) {
    if (!isSaved(buffer, context)) continue;
    const elements = buffer.elements * (buffer.perKey ? context.sequenceLength : 1);
    total += (elements * elementBytes(buffer.class, context)) / divisor(buffer.split, context);
  }
  return total;
}

function isSaved(
  {kernels, remadeBy, unfused, storedBy, block}: SavedActivation,
  {scores, fused, recomputed}: ActivationContext,
): boolean {
  if (unfused !== null && fused[unfused]) return false;
  if (block !== null && recomputed.includes(block)) return false;
  if (block === 'experts' && remadeBy === 'activation' && recomputed.includes('expert-activation')) {
    return false;
  }
  if (storedBy !== null && !recomputed.includes(storedBy)) return false;
  if (!isSavedUnder(kernels, scores)) return false;
  return remadeBy === null || !recomputed.includes(remadeBy);
}

function isSavedUnder(kernels: SavedActivation['kernels'], scores: ScoreKernels): boolean {
  const savedWith: readonly ScoreKernels[] = savedUnder[kernels];
  return savedWith.includes(scores);
}

function elementBytes(valueClass: ValueClass, {stored}: ActivationContext): number {
  if (valueClass === 'mask') return 1;
  return valueClass === 'float32' ? 4 : stored[valueClass];
}

function divisor(
  split: ActivationSplit,
  {tensor, expertTensor, sequenceParallel}: ActivationContext,
): number {
  if (split === 'tensor') return tensor;
  if (split === 'dispatched') return tensor / expertTensor;
  return sequenceParallel ? tensor : 1;
}
