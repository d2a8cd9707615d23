import type {Precision} from '../cluster/accelerator.js';
import type {Bytes, Seconds} from '../units/quantities.js';
import type {Month} from './release.js';

/**
 * Attention as separate kernels, with a fused softmax, or as one flash kernel: FlashAttention 1 or 2, or one
 * that is written for the generation of the device, as FlashAttention 3 and cuDNN's.
 */
export const attentionKernels = ['unfused', 'fused-softmax', 'flash1', 'flash2', 'flash3'] as const;
export type AttentionKernel = (typeof attentionKernels)[number];

/** Whether a kernel keeps scores on chip, so that neither memory nor traffic grows with their square. */
export function isFlash(kernel: AttentionKernel): boolean {
  return kernel === 'flash1' || kernel === 'flash2' || kernel === 'flash3';
}

/** A training framework as it behaves on one machine. */
export interface SoftwareStack extends StackFacts {
  readonly name: string;
  /** Name of the framework whose rules and defaults hold: its own, or that of the nearest stack it extends. */
  readonly framework: string;
  /** Month of the release that runs; null: the one whose source was read; unknown: that of a measured run. */
  readonly release: Month | 'unknown' | null;
  /** Rules of the framework are reported, not enforced: the plan asked for it. */
  readonly isUnchecked: boolean;
  /** Machines of the runs that its constants were fitted to. */
  readonly evidence: Evidence;
  /** Stack whose runs its constants were fitted to: its own name, or that of one that it extends; null: none. */
  readonly measuredAs: string | null;
}

/** Physical facts of a stack, never a factor on the answer. Their spelling in YAML: `stack-fields.ts`. */
export interface StackFacts {
  /** Host time to launch one kernel; a device that outruns its host waits for it. */
  readonly kernelLaunch: Seconds;
  /** Host time of one collective call. */
  readonly collectiveLaunch: Seconds;
  /**
   * Time that each rank of a group adds to a collective call inside a layer in a job of several nodes
   * whose communication library runs nothing but rings.
   */
  readonly ringStep: Seconds;
  /** Host time to hand the activations of a micro-batch to the next stage: both sides wait for it. */
  readonly messageLaunch: Seconds;
  /** Host time of a whole step that no kernel hides: data loader, logging, optimizer bookkeeping. */
  readonly stepOverhead: Seconds;
  /** Fraction of the device's best GEMM efficiency that this stack reaches, by precision. */
  readonly gemmScale: Readonly<Partial<Record<Precision, number>>> & {readonly default: number};
  readonly attentionKernel: AttentionKernel;
  /** Fraction of the device's attention efficiency that this stack's kernel reaches. */
  readonly attentionScale: number;
  /** Widest head that the flash kernel takes; wider ones run as separate kernels with a fused softmax. */
  readonly flashHeadLimit: number;
  readonly fused: Fusions;
  readonly eagerNorm: EagerNorm;
  readonly eagerLoss: EagerLoss;
  readonly selectiveRecompute: SelectiveRecompute;
  readonly stageBalance: StageBalance;
  readonly expertDispatch: ExpertDispatch;
  /** Bytes of a value, or of its gradient, on its way to experts; what comes back has those of activations. */
  readonly expertDispatchBytes: 1 | 2;
  /** Fraction of the device's streaming bandwidth that element-wise kernels and the optimizer reach. */
  readonly memoryScale: number;
  /** Fraction of that bandwidth that permutations, casts and activations of the tokens of experts reach. */
  readonly expertScale: number;
  /** Fraction of the links' bandwidth, as communication benchmarks reach it, that collectives in a training step reach. */
  readonly linkScale: LinkScale;
  readonly overlap: Overlaps;
  /** Bytes of one gradient element as it is accumulated and as it is reduced. */
  readonly gradientBytes: 2 | 4;
  readonly gradientReduceBytes: 2 | 4;
  /** The same in fp16 training. */
  readonly fp16GradientBytes: 2 | 4;
  readonly reduction: ReductionUnits;
  readonly memory: FrameworkMemory;
  readonly supports: StackSupport;
  /** Measured over predicted step time: one run in ten is below `p10`, one in ten above `p90`. */
  readonly stepResidual: Residual;
  /** Measured over predicted memory, likewise. */
  readonly memoryResidual: Residual;
  /** Span of the runs that its constants were fitted to; null where they were fitted to none. */
  readonly measuredRange: MeasuredRange | null;
}

/** Measured over predicted: one run in ten is below `p10`, one in ten above `p90`. */
export interface Residual {
  readonly p10: number;
  readonly p90: number;
}

/**
 * What a stack's constants on a machine rest on: runs of the stack on that machine, its runs on other
 * machines, or none of its own.
 */
export type Evidence = 'machine' | 'other-machines' | 'none';

/**
 * What a framework can run. The planner chooses from it; a plan that states something else is taken at
 * its word. Names are those of the layout.
 */
export interface StackSupport {
  /** Schedules over pipeline stages; none: no pipeline. */
  readonly schedules: readonly string[];
  /** Shardings over data ranks without a pipeline, and with one. */
  readonly shardings: readonly string[];
  readonly pipelinedShardings: readonly string[];
  /** Shards may be spread over fewer ranks than all data ranks (HSDP). */
  readonly shardingGroups: boolean;
  readonly offloads: readonly string[];
  /** Ways in which context ranks exchange keys and values; none: no context parallelism. */
  readonly contextExchanges: readonly string[];
  readonly asyncTensor: boolean;
  /** Data-parallel communication that can overlap with compute. */
  readonly overlaps: readonly string[];
  /** A number of layers can be recomputed, not only all. */
  readonly partialRecompute: boolean;
  /** Pipeline ranks can be numbered faster than data ranks. */
  readonly pipelineBeforeData: boolean;
}

/** Figures of a run that place it near other runs, or far from them. */
export const measuredFigures = [
  'devices',
  'parameters',
  'sequenceLength',
  'microBatch',
  'tensor',
  'pipeline',
  'context',
  'expert',
] as const;
export type MeasuredFigure = (typeof measuredFigures)[number];

/** Least and greatest of each figure among measured runs. */
export type MeasuredRange = Readonly<Record<MeasuredFigure, readonly [number, number]>>;

/** In a training step collectives share the device with kernels, and start when the last rank is ready. */
export interface LinkScale {
  /** Links inside a node. */
  readonly node: number;
  /** Links between nodes. */
  readonly fabric: number;
}

/** Whether a token crosses the network once for each of its experts, or once for each node that holds some of them. */
export const expertDispatches = ['per-expert', 'per-node'] as const;
export type ExpertDispatch = (typeof expertDispatches)[number];

/** Whether a framework gives each stage as many layers, or as much of the products of layers and logits. */
export const stageBalances = ['layers', 'products'] as const;
export type StageBalance = (typeof stageBalances)[number];

/**
 * What a framework remakes when it recomputes selectively: the core of attention (Megatron), or every
 * operator but attention and every other matrix product (torchtitan's `selective_ac_option = "op"`,
 * torchtitan/models/llama3/parallelize.py, recalled).
 */
export const selectiveRecomputes = ['attention', 'alternate-products'] as const;
export type SelectiveRecompute = (typeof selectiveRecomputes)[number];

/**
 * RMS norms as separate kernels: in a 32-bit copy of the input (Hugging Face `LlamaRMSNorm`), or in 16 bits with
 * a gain of 32 bits (GPT-NeoX `RMSNorm`). A layer norm that is not fused is PyTorch's own kernel.
 */
export const eagerNorms = ['in-32-bits', 'in-16-bits'] as const;
export type EagerNorm = (typeof eagerNorms)[number];

/**
 * Cross-entropy as separate kernels: PyTorch's log-softmax of logits in 32 bits, or Megatron's steps over a
 * part of the vocabulary, on a 32-bit copy of the logits or on the 16-bit logits themselves (GPT-NeoX).
 */
export const eagerLosses = ['torch', 'steps-in-32-bits', 'steps-in-16-bits'] as const;
export type EagerLoss = (typeof eagerLosses)[number];

/** Which chains of element-wise operators run as one kernel. */
export interface Fusions {
  readonly norm: boolean;
  readonly activation: boolean;
  /** Bias, dropout and residual addition. */
  readonly residual: boolean;
  readonly rotary: boolean;
  readonly crossEntropy: boolean;
  readonly optimizer: boolean;
}

/**
 * Pieces in which gradients are reduced and weights gathered. buffers: one for each chunk of the model.
 * buckets: some parameters at a time. first-chunk: buckets on the first chunk of the first stage
 * while reduction overlaps with the backward pass, buffers elsewhere (Megatron-Core). layers: a layer at a time.
 */
export const reductionUnits = ['buffers', 'buckets', 'first-chunk', 'layers'] as const;

export const gradientSyncs = ['each-pass', 'pipelined-once', 'once'] as const;

/** Collectives into which gradients, and weights that are gathered, are cut. */
export interface ReductionUnits {
  /** Pieces of the gradients of replicas. */
  readonly replicas: (typeof reductionUnits)[number];
  /** Pieces of the gradients of a sharded optimizer. */
  readonly optimizer: (typeof reductionUnits)[number];
  /** Pieces in which new weights of a sharded optimizer are gathered. */
  readonly newWeights: (typeof reductionUnits)[number];
  /** Pieces of sharded gradients and parameters. */
  readonly states: (typeof reductionUnits)[number];
  /** Parameters of a bucket. */
  readonly bucket: number;
  /** Parameters of a bucket for each data rank, where that makes it larger. */
  readonly bucketPerRank: number;
  /** Parameters of one gather of sharded parameters where they go in buckets. */
  readonly gatherBucket: number;
  /**
   * Sharded gradients are reduced after each pass; on a pipeline once a step, with parameters that stay gathered
   * (the stages of PyTorch); or once a step wherever micro-batches add up (no_sync).
   */
  readonly sync: (typeof gradientSyncs)[number];
  /** Collective that reduces gradients whose optimizer is sharded; with an all-reduce each rank keeps its part. */
  readonly sharded: 'reduce-scatter' | 'all-reduce';
}

/** Fraction of each kind of communication that can hide under compute where it overlaps, 0 to 1. */
export interface Overlaps {
  /** Gradient reduction during the backward pass. */
  readonly gradientReduction: number;
  /** Parameter gathers of sharded parameters or optimizer during compute. */
  readonly parameterGather: number;
  readonly tensor: number;
  readonly pipeline: number;
  readonly expert: number;
  readonly context: number;
  /** Share of compute that overlapped communication takes away while it runs. */
  readonly computeSlowdown: number;
}

/** Memory that belongs to the framework, not to the model. */
export interface FrameworkMemory {
  /** Device context and library workspaces outside the allocator. */
  readonly context: Bytes;
  /** Communication buffers of one communicator. */
  readonly communicator: Bytes;
  /** Reserved over allocated, minus one: what the caching allocator holds on top. */
  readonly reserve: number;
  /** Part of a device's memory that can be filled before the allocator finds no block that is large enough. */
  readonly usable: number;
  /** Library workspaces that the allocator holds as tensors. */
  readonly workspace: Bytes;
  /** Bytes of a weight between steps: with 4 it is its own master copy. */
  readonly weightBytes: 2 | 4;
  /** Bytes a parameter of its shard that the optimizer keeps gradients in, besides those accumulated. */
  readonly shardGradientBytes: 0 | 4;
  /** Gradient buckets that are held at once, in the precision of the pass. */
  readonly gradientBuckets: 'one' | 'all';
  /** Whether a sharded optimizer gathers new weights in place or through buffers of their size. */
  readonly updateGather: 'in-place' | 'buffered';
  /** Buffers for a whole micro-batch that gathers of sequence-parallel inputs reuse. */
  readonly gatherBuffers: number;
  /** Whether each rank of a tensor group computes the loss of its part of the vocabulary, or all of it. */
  readonly loss: 'sharded' | 'gathered';
  /** Bytes a logit while an unfused loss is computed. */
  readonly logitBytes: number;
  /** Bytes a logit, in 16-bit training, while a fused loss is computed. */
  readonly fusedLogitBytes: number;
  /** Activations that wait for the backward pass while products run in 8 bits or fewer. */
  readonly narrowBytes: NarrowBytes;
  /** Vocabulary is padded to a multiple of this times the tensor degree; 0: not padded, a rest is dropped. */
  readonly vocabularyMultiple: number;
}

/** Bytes of a value that waits for the backward pass while products run in 8 bits or fewer; 2: as in 16-bit training. */
export interface NarrowBytes {
  /** Read again by a product with weights alone. */
  readonly productInput: number;
  /** Read again by attention and by its output projection. */
  readonly attentionOutput: number;
  readonly activationInput: number;
}
