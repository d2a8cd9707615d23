/**
 * Modules of a layer that can be recomputed by themselves, in Megatron-Core's words: the core of attention,
 * norms, the up-projections of latent attention, the activation, and the dense, routed or shared block.
 */
export const recomputeModules = [
  'core_attn',
  'layernorm',
  'mla_up_proj',
  'moe_act',
  'mlp',
  'moe',
  'shared_experts',
] as const;
export type RecomputeModule = (typeof recomputeModules)[number];

/**
 * What is recomputed in the backward pass. `layers`: that many layers of each stage, whole; `every`: each
 * n-th layer, whole; `modules`: parts of every layer.
 */
export type Recompute =
  | 'none'
  | 'selective'
  | 'full'
  | {readonly layers: number}
  | {readonly every: number}
  | {readonly modules: readonly RecomputeModule[]};

/** Modules that are recomputed by themselves; null: those that the framework chooses, or none. */
export function modulesOf(recompute: Recompute): readonly RecomputeModule[] | null {
  return typeof recompute === 'object' && 'modules' in recompute ? recompute.modules : null;
}

/** Whether parts of each layer are recomputed. */
export function isSelective(recompute: Recompute): boolean {
  return recompute === 'selective' || modulesOf(recompute) !== null;
}

/** What is recomputed, in words. */
export function recomputeWords(recompute: Recompute): string {
  if (typeof recompute === 'string') return recompute;
  if ('layers' in recompute) return `${recompute.layers} layers`;
  return 'every' in recompute ? `each of ${recompute.every} layers` : recompute.modules.join(' + ');
}

/** Layers of each stage that are recomputed whole, where a number is stated. */
export function statedLayers(recompute: Recompute): number | null {
  return typeof recompute === 'object' && 'layers' in recompute ? recompute.layers : null;
}

export const shardings = ['none', 'optimizer', 'gradients', 'parameters'] as const;
/** ZeRO stage 0 to 3; parameters = FSDP. */
export type Sharding = (typeof shardings)[number];

export const offloads = ['none', 'optimizer', 'activations', 'optimizer-and-activations'] as const;
export type Offload = (typeof offloads)[number];

/** Whether the optimizer and its states live in the host's memory. */
export function optimizerIsOffloaded({offload}: Pick<Layout, 'offload'>): boolean {
  return offload === 'optimizer' || offload === 'optimizer-and-activations';
}

/** Whether activations wait in the host's memory for the backward pass. */
export function activationsAreOffloaded({offload}: Pick<Layout, 'offload'>): boolean {
  return offload === 'activations' || offload === 'optimizer-and-activations';
}

export const contextExchanges = ['all-gather', 'ring'] as const;
/** How context ranks see each other's keys and values: gathered at once, or passed round as they are used. */
export type ContextExchange = (typeof contextExchanges)[number];

export const scheduleNames = ['gpipe', '1f1b', 'interleaved', 'zb-h1', 'zb-v', 'dualpipe'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** Parallel dimensions in the order in which ranks are numbered, fastest first. */
export const defaultRankOrder = ['tensor', 'context', 'expert', 'data', 'pipeline'] as const;
export type RankDimension = (typeof defaultRankOrder)[number];

/** Neighbouring stages on neighbouring ranks, data ranks far apart. */
export const pipelineBeforeData: readonly RankDimension[] = [
  'tensor',
  'context',
  'expert',
  'pipeline',
  'data',
];

export function isSameOrder(one: readonly RankDimension[], other: readonly RankDimension[]): boolean {
  return one.every((dimension, place) => dimension === other[place]);
}

/**
 * The parallel degrees and every choice that goes with them.
 *
 * tensor x context x pipeline x data = devices. Expert parallelism takes its ranks out of
 * data x context x tensor / expertTensor.
 */
export interface Layout {
  readonly tensor: number;
  readonly pipeline: number;
  readonly data: number;
  readonly context: number;
  readonly expert: number;
  /** Tensor degree inside an expert. */
  readonly expertTensor: number;
  readonly sequenceParallel: boolean;
  readonly sharding: Sharding;
  /** Ranks that one copy of the sharded state is spread over: all data ranks, those of a node, or a number. */
  readonly shardingGroup: 'all' | 'node' | number;
  /** Sequences of one micro-batch. */
  readonly microBatch: number;
  readonly schedule: ScheduleName;
  readonly virtualStages: number;
  readonly recompute: Recompute;
  readonly offload: Offload;
  /** Tensor-parallel communication is cut up and overlaps the products that it feeds. */
  readonly asyncTensor: boolean;
  /** Gradients are reduced piece by piece during the backward pass, not all after it. */
  readonly overlapGradients: boolean;
  /** Weights are gathered during the compute of earlier layers, not before all of it. */
  readonly overlapParameters: boolean;
  readonly contextExchange: ContextExchange;
  /** Context ranks take early and late parts of the sequence, so that causal attention is even. */
  readonly causalBalancing: boolean;
  readonly rankOrder: readonly RankDimension[];
}
