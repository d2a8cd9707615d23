import type {
  Attention,
  GroupedAttention,
  LatentAttention,
  LayerKind,
  Mlp,
  Norm,
  Transformer,
} from './transformer.js';

/**
 * Parameters of a block, by what divides them: tensor parallelism, expert parallelism (and the tensor
 * degree inside experts), or nothing.
 */
export interface ShardedParameters {
  /** Weights and biases of column-parallel projections, weights of row-parallel ones. */
  readonly tensor: number;
  /** Routed experts. */
  readonly expert: number;
  /** Norms, router, biases of row-parallel projections, projections down to a latent. */
  readonly replicated: number;
}

/** One layer: its parts add up to its total, and so do its shards. */
export interface LayerParameters {
  readonly attention: number;
  /** The dense feed-forward block, or the shared experts of an expert layer. */
  readonly feedForward: number;
  readonly experts: number;
  readonly router: number;
  readonly norms: number;
  readonly total: number;
  /** What one token passes through: of the routed experts only the top k. */
  readonly active: number;
  readonly sharded: ShardedParameters;
}

/** Parameters of one layer of the given kind, which do not depend on how far it sees. */
export function parametersOfLayer(model: Transformer, kind: Pick<LayerKind, 'experts'>): LayerParameters {
  const attention = attentionParameters(model.attention, model.hiddenSize, model.norm);
  const feedForward = feedForwardParameters(model, kind.experts);
  const routed = routedParameters(model, kind.experts);
  const norms = model.norm.perLayer * normParameters(model.norm, model.hiddenSize);
  const blocks = [attention, feedForward, routed.shards, {...none, replicated: norms}];
  const sharded = blocks.reduce(addShards);
  const experts = routed.shards.expert;
  const total = sumShards(sharded);
  return {
    attention: sumShards(attention),
    feedForward: sumShards(feedForward),
    experts,
    router: routed.shards.replicated,
    norms,
    total,
    active: total - experts + routed.active,
    sharded,
  };
}

/** A norm over `features` values: gain and bias, gain alone, or nothing. */
export function normParameters({kind, bias}: Norm, features: number): number {
  if (kind === 'plain') return 0;
  return bias ? 2 * features : features;
}

const none: ShardedParameters = {tensor: 0, expert: 0, replicated: 0};

function addShards(a: ShardedParameters, b: ShardedParameters): ShardedParameters {
  return {tensor: a.tensor + b.tensor, expert: a.expert + b.expert, replicated: a.replicated + b.replicated};
}

export function sumShards({tensor, expert, replicated}: ShardedParameters): number {
  return tensor + expert + replicated;
}

function attentionParameters(attention: Attention, hidden: number, norm: Norm): ShardedParameters {
  return attention.kind === 'grouped' ? grouped(attention, hidden, norm) : latent(attention, hidden, norm);
}

/** The norms over queries and keys have no bias in any family that has them. */
function grouped(attention: GroupedAttention, hidden: number, {kind}: Norm): ShardedParameters {
  const queries = attention.numHeads * attention.headSize;
  const keysAndValues = 2 * attention.numKeyValueHeads * attention.headSize;
  const biases = attention.biases.queryKeyValue ? queries + keysAndValues : 0;
  const normed = attention.queryKeyNorm === 'whole' ? queries + keysAndValues / 2 : 2 * attention.headSize;
  const sinks = attention.sinks ? attention.numHeads : 0;
  return {
    tensor: hidden * (queries + keysAndValues) + biases + sinks + queries * hidden,
    expert: 0,
    replicated:
      (attention.biases.output ? hidden : 0) +
      (attention.queryKeyNorm !== false && kind !== 'plain' ? normed : 0),
  };
}

/** Latent attention with a norm after each latent. DeepSeek-V2, arXiv 2405.04434 sec. 2.1 and appendix C. */
function latent(attention: LatentAttention, hidden: number, norm: Norm): ShardedParameters {
  const {numHeads, queryRank, keyValueRank, nopeHeadSize, ropeHeadSize, valueHeadSize} = attention;
  const queries = numHeads * (nopeHeadSize + ropeHeadSize);
  const up = keyValueRank * numHeads * (nopeHeadSize + valueHeadSize);
  const output = numHeads * valueHeadSize * hidden;
  const down = hidden * (keyValueRank + ropeHeadSize) + normParameters(norm, keyValueRank);
  if (queryRank === null) return {tensor: hidden * queries + up + output, expert: 0, replicated: down};
  return {
    tensor: queryRank * queries + up + output,
    expert: 0,
    replicated: down + hidden * queryRank + normParameters(norm, queryRank),
  };
}

function feedForwardParameters(
  {mlp, experts, hiddenSize}: Transformer,
  isExpertLayer: boolean,
): ShardedParameters {
  if (!isExpertLayer || experts === null) return mlpParameters(mlp, hiddenSize);
  if (experts.sharedHiddenSize === 0) return none;
  const shared = mlpParameters(
    {kind: mlp.kind, hiddenSize: experts.sharedHiddenSize, bias: experts.expertBias},
    hiddenSize,
  );
  return experts.sharedGate ? {...shared, replicated: shared.replicated + hiddenSize} : shared;
}

/** Two or three projections; the bias of the last, row-parallel one is replicated. */
function mlpParameters(
  {kind, hiddenSize, bias, activationParameters = 0}: Mlp,
  modelHidden: number,
): ShardedParameters {
  const columns = kind === 'gated' ? 2 * hiddenSize : hiddenSize;
  return {
    tensor: modelHidden * (columns + hiddenSize) + (bias ? columns : 0),
    expert: 0,
    replicated: (bias ? modelHidden : 0) + activationParameters,
  };
}

interface Routed {
  /** Experts and router. */
  readonly shards: ShardedParameters;
  /** Parameters of the experts that one token is sent to. */
  readonly active: number;
}

function routedParameters({mlp, experts, hiddenSize}: Transformer, isExpertLayer: boolean): Routed {
  if (!isExpertLayer || experts === null) return {shards: none, active: 0};
  const {numExperts, topK, expertHiddenSize, expertBias, routerBias} = experts;
  const one = mlpParameters({kind: mlp.kind, hiddenSize: expertHiddenSize, bias: expertBias}, hiddenSize);
  const router = hiddenSize * numExperts + (routerBias ? numExperts : 0);
  return {
    shards: {tensor: 0, expert: numExperts * sumShards(one), replicated: router},
    active: topK * sumShards(one),
  };
}
