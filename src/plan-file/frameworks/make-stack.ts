import {defaultFramework} from '../../frameworks/registry.js';
import type {
  Evidence,
  FrameworkMemory,
  Fusions,
  MeasuredRange,
  NarrowBytes,
  Overlaps,
  SoftwareStack,
  StackSupport,
} from '../../frameworks/stack.js';
import type {StackFields} from '../schema/stack-schema.js';

/** Facts of a stack laid over those of the stack it inherits from: what `over` states wins, map by map. */
export function mergeStacks(under: StackFields, over: StackFields): StackFields {
  return {
    ...under,
    ...over,
    gemm_scale: mergeScale(under.gemm_scale, over.gemm_scale),
    link_scale: {...under.link_scale, ...over.link_scale},
    fused: {...under.fused, ...over.fused},
    overlap: {...under.overlap, ...over.overlap},
    memory: {...under.memory, ...over.memory},
    supports: {...under.supports, ...over.supports},
  };
}

type Scale = StackFields['gemm_scale'];

function mergeScale(under: Scale, over: Scale): Scale {
  return {...asMap(under), ...asMap(over)};
}

/** `0.9` and `{value: 0.9}` say what `{default: 0.9}` says. */
function asMap(scale: Scale): Exclude<Scale, number | undefined> {
  if (scale === undefined) return {};
  if (typeof scale === 'number') return {default: scale};
  const {value, ...rest} = scale;
  return value === undefined ? rest : {default: value, ...rest};
}

/**
 * The record that the simulator computes with, or the keys that nothing states: neither `fields` nor
 * `inherited`, a stack that holds where `fields` are silent.
 *
 * @param evidence what the constants of `fields` were fitted to
 */
export function makeStack(
  name: string,
  fields: StackFields,
  inherited: SoftwareStack | null = null,
  evidence: Evidence = 'none',
  framework: string = inherited?.framework ?? defaultFramework,
): {readonly stack: SoftwareStack} | {readonly missing: readonly string[]} {
  const missing: string[] = [];
  const pick: Pick = (key, stated, otherwise) => {
    if (stated !== undefined) return stated;
    if (otherwise !== undefined) return otherwise;
    missing.push(key);
    return null;
  };
  const stack = {
    name,
    framework,
    release: null,
    isUnchecked: false,
    kernelLaunch: pick('kernel_launch', fields.kernel_launch, inherited?.kernelLaunch),
    collectiveLaunch: pick('collective_launch', fields.collective_launch, inherited?.collectiveLaunch),
    ringStep: pick('ring_step', fields.ring_step, inherited?.ringStep),
    messageLaunch: pick('message_launch', fields.message_launch, inherited?.messageLaunch),
    stepOverhead: pick('step_overhead', fields.step_overhead, inherited?.stepOverhead),
    gemmScale: pickScale(fields.gemm_scale, inherited?.gemmScale, pick),
    attentionKernel: pick('attention_kernel', fields.attention_kernel, inherited?.attentionKernel),
    attentionScale: pick('attention_scale', fields.attention_scale, inherited?.attentionScale),
    flashHeadLimit: pick('flash_head_limit', fields.flash_head_limit, inherited?.flashHeadLimit),
    memoryScale: pick('memory_scale', fields.memory_scale, inherited?.memoryScale),
    expertScale: pick('expert_scale', fields.expert_scale, inherited?.expertScale),
    linkScale: {
      node: pick('link_scale.node', fields.link_scale?.node, inherited?.linkScale.node),
      fabric: pick('link_scale.fabric', fields.link_scale?.fabric, inherited?.linkScale.fabric),
    },
    fused: pickFusions(fields.fused ?? {}, inherited?.fused, pick),
    selectiveRecompute: pick(
      'selective_recompute',
      fields.selective_recompute,
      inherited?.selectiveRecompute,
    ),
    expertDispatch: pick('expert_dispatch', fields.expert_dispatch, inherited?.expertDispatch),
    expertDispatchBytes: pick(
      'expert_dispatch_bits',
      fields.expert_dispatch_bits === undefined ? undefined : fields.expert_dispatch_bits / bitsPerByte,
      inherited?.expertDispatchBytes,
    ),
    stageBalance: pick('stage_balance', fields.stage_balance, inherited?.stageBalance),
    overlap: pickOverlaps(fields.overlap ?? {}, inherited?.overlap, pick),
    gradientBytes: pick('gradient_bits', inBytes(fields.gradient_bits), inherited?.gradientBytes),
    gradientReduceBytes: pick(
      'gradient_reduce_bits',
      inBytes(fields.gradient_reduce_bits),
      inherited?.gradientReduceBytes,
    ),
    bucket: pick('bucket', fields.bucket, inherited?.bucket),
    memory: pickMemory(fields.memory ?? {}, inherited?.memory, pick),
    supports: pickSupport(fields.supports ?? {}, inherited?.supports, pick),
    stepResidual: {
      p10: pick('step_residual.p10', fields.step_residual?.p10, inherited?.stepResidual.p10),
      p90: pick('step_residual.p90', fields.step_residual?.p90, inherited?.stepResidual.p90),
    },
    memoryResidual: {
      p10: pick('memory_residual.p10', fields.memory_residual?.p10, inherited?.memoryResidual.p10),
      p90: pick('memory_residual.p90', fields.memory_residual?.p90, inherited?.memoryResidual.p90),
    },
    evidence: inherited?.evidence ?? evidence,
    measuredRange: rangeOf(fields.measured_range) ?? inherited?.measuredRange ?? null,
  };
  // Without missing keys no value is null.
  return missing.length === 0 ? {stack: stack as SoftwareStack} : {missing};
}

type Pick = <T, U>(key: string, stated: T | undefined, otherwise: U | undefined) => T | U | null;

function pickScale(stated: Scale, inherited: SoftwareStack['gemmScale'] | undefined, pick: Pick) {
  const {source, date, note, fitted_to, value, ...scales} = asMap(stated);
  const known = Object.fromEntries(Object.entries(scales).filter(([, scale]) => scale !== undefined));
  return {...inherited, ...known, default: pick('gemm_scale.default', scales.default, inherited?.default)};
}

function pickFusions(stated: NonNullable<StackFields['fused']>, inherited: Fusions | undefined, pick: Pick) {
  return {
    norm: pick('fused.norm', stated.norm, inherited?.norm),
    activation: pick('fused.activation', stated.activation, inherited?.activation),
    residual: pick('fused.residual', stated.residual, inherited?.residual),
    rotary: pick('fused.rotary', stated.rotary, inherited?.rotary),
    crossEntropy: pick('fused.cross_entropy', stated.cross_entropy, inherited?.crossEntropy),
    optimizer: pick('fused.optimizer', stated.optimizer, inherited?.optimizer),
  };
}

function pickOverlaps(
  stated: NonNullable<StackFields['overlap']>,
  inherited: Overlaps | undefined,
  pick: Pick,
) {
  return {
    gradientReduction: pick(
      'overlap.gradient_reduction',
      stated.gradient_reduction,
      inherited?.gradientReduction,
    ),
    parameterGather: pick('overlap.parameter_gather', stated.parameter_gather, inherited?.parameterGather),
    tensor: pick('overlap.tensor', stated.tensor, inherited?.tensor),
    pipeline: pick('overlap.pipeline', stated.pipeline, inherited?.pipeline),
    expert: pick('overlap.expert', stated.expert, inherited?.expert),
    context: pick('overlap.context', stated.context, inherited?.context),
    computeSlowdown: pick('overlap.compute_slowdown', stated.compute_slowdown, inherited?.computeSlowdown),
  };
}

function pickMemory(
  stated: NonNullable<StackFields['memory']>,
  inherited: FrameworkMemory | undefined,
  pick: Pick,
) {
  return {
    context: pick('memory.context', stated.context, inherited?.context),
    communicator: pick('memory.communicator', stated.communicator, inherited?.communicator),
    reserve: pick('memory.reserve', stated.reserve, inherited?.reserve),
    usable: pick('memory.usable', stated.usable, inherited?.usable),
    workspace: pick('memory.workspace', stated.workspace, inherited?.workspace),
    weightBytes: pick('memory.weight_bits', inBytes(stated.weight_bits), inherited?.weightBytes),
    shardGradientBytes: pick(
      'memory.shard_gradient_bits',
      stated.shard_gradient_bits === 0 ? 0 : inBytes(stated.shard_gradient_bits),
      inherited?.shardGradientBytes,
    ),
    gradientBuckets: pick('memory.gradient_buckets', stated.gradient_buckets, inherited?.gradientBuckets),
    updateGather: pick('memory.update_gather', stated.update_gather, inherited?.updateGather),
    gatherBuffers: pick('memory.gather_buffers', stated.gather_buffers, inherited?.gatherBuffers),
    loss: pick('memory.loss', stated.loss, inherited?.loss),
    logitBytes: pick(
      'memory.logit_bits',
      stated.logit_bits === undefined ? undefined : stated.logit_bits / bitsPerByte,
      inherited?.logitBytes,
    ),
    narrowBytes: pick(
      'memory.narrow_bits',
      stated.narrow_bits && narrowBytes(stated.narrow_bits),
      inherited?.narrowBytes,
    ),
    vocabularyMultiple: pick(
      'memory.vocabulary_multiple',
      stated.vocabulary_multiple,
      inherited?.vocabularyMultiple,
    ),
  };
}

function narrowBytes(stated: NonNullable<NonNullable<StackFields['memory']>['narrow_bits']>): NarrowBytes {
  return {
    productInput: stated.product_input / bitsPerByte,
    attentionOutput: stated.attention_output / bitsPerByte,
    activationInput: stated.activation_input / bitsPerByte,
  };
}

function pickSupport(
  stated: NonNullable<StackFields['supports']>,
  inherited: StackSupport | undefined,
  pick: Pick,
) {
  return {
    schedules: pick('supports.schedules', stated.schedules, inherited?.schedules),
    shardings: pick('supports.shardings', stated.shardings, inherited?.shardings),
    pipelinedShardings: pick(
      'supports.pipelined_shardings',
      stated.pipelined_shardings,
      inherited?.pipelinedShardings,
    ),
    shardingGroups: pick('supports.sharding_groups', stated.sharding_groups, inherited?.shardingGroups),
    offloads: pick('supports.offloads', stated.offloads, inherited?.offloads),
    contextExchanges: pick(
      'supports.context_exchanges',
      stated.context_exchanges,
      inherited?.contextExchanges,
    ),
    asyncTensor: pick('supports.async_tensor', stated.async_tensor, inherited?.asyncTensor),
    partialRecompute: pick(
      'supports.partial_recompute',
      stated.partial_recompute,
      inherited?.partialRecompute,
    ),
    pipelineBeforeData: pick(
      'supports.pipeline_before_data',
      stated.pipeline_before_data,
      inherited?.pipelineBeforeData,
    ),
  };
}

/** A figure that the range leaves out was 1 in all runs: a degree of a parallelism that none used. */
function rangeOf(stated: StackFields['measured_range']): MeasuredRange | null {
  if (stated === undefined) return null;
  const one = [1, 1] as const;
  return {
    devices: stated.devices ?? one,
    parameters: stated.parameters ?? one,
    sequenceLength: stated.sequence_length ?? one,
    microBatch: stated.micro_batch ?? one,
    tensor: stated.tensor ?? one,
    pipeline: stated.pipeline ?? one,
    context: stated.context ?? one,
    expert: stated.expert ?? one,
  };
}
const bitsPerByte = 8;

function inBytes(bits: 16 | 32 | undefined): 2 | 4 | undefined {
  return bits === undefined ? undefined : bits === 16 ? 2 : 4;
}
