import {divisors} from '../../layout/divisors.js';
import {
  contextExchanges,
  defaultRankOrder,
  type Layout,
  offloads,
  type RankDimension,
  type Sharding,
  shardings,
  usualChoices,
} from '../../layout/layout.js';
import {shardRanks} from '../../layout/placement.js';
import type {Plan} from '../../layout/plan.js';
import {choices} from './choices.js';
import type {Mesh} from './mesh.js';
import type {Slicing} from './slicing.js';

/** How layers run on the ranks of a mesh. */
export type LayerChoice = Pick<
  Layout,
  'sequenceParallel' | 'asyncTensor' | 'contextExchange' | 'causalBalancing'
>;

/** How states lie on the ranks of a mesh, and what lies on the host. */
export type StateChoice = Pick<Layout, 'sharding' | 'shardingGroup' | 'offload'>;

/** An order of ranks, and the choices of states that differ under it. */
export interface OrderChoice {
  readonly rankOrder: readonly RankDimension[];
  readonly states: readonly StateChoice[];
}

/** What is left to choose once the degrees are: a layout is one of each list. */
export interface MeshSpace {
  readonly mesh: Mesh;
  readonly layers: readonly LayerChoice[];
  readonly microBatches: readonly number[];
  readonly orders: readonly OrderChoice[];
  /** Over all orders. */
  readonly numStates: number;
  /** Micro-batches of a data rank in a step. */
  numMicrobatches(microBatch: number): number;
  slicings(microBatch: number): readonly Slicing[];
  /** Layouts that run layers in one way. */
  readonly sizeOfLayer: number;
  readonly size: number;
}

/**
 * The layouts of one mesh. Choices without effect are left out: sequence parallelism without tensor
 * parallelism, sharding over one rank, ranks in another order that lie the same.
 */
export function meshSpace(
  plan: Plan,
  mesh: Mesh,
  slicings: (pipeline: number, microbatches: number) => readonly Slicing[],
): MeshSpace {
  const perRank = plan.training.globalBatch / mesh.data;
  const layers = layerChoices(plan, mesh);
  const microBatches = choices(plan, 'microBatch', divisors(perRank)).filter(size => perRank % size === 0);
  const orders = orderChoices(plan, mesh);
  const numStates = orders.reduce((sum, {states}) => sum + states.length, 0);
  const slices = microBatches.map(size => slicings(mesh.pipeline, perRank / size));
  const sizeOfLayer =
    numStates *
    slices.reduce((sum, list) => sum + list.reduce((all, {recomputes}) => all + recomputes.length, 0), 0);
  return {
    mesh,
    layers,
    microBatches,
    orders,
    numStates,
    numMicrobatches: microBatch => perRank / microBatch,
    slicings: microBatch => slicings(mesh.pipeline, perRank / microBatch),
    sizeOfLayer,
    size: layers.length * sizeOfLayer,
  };
}

function layerChoices({pins, training, cluster}: Plan, mesh: Mesh): readonly LayerChoice[] {
  const {supports} = cluster.software;
  const {tensor, context} = mesh;
  const causalBalancing = pins.causalBalancing ?? usualChoices.causalBalancing;
  const splits = training.sequenceLength % (tensor * context) === 0;
  const sequence = (
    pins.sequenceParallel !== undefined ? [pins.sequenceParallel] : tensor > 1 ? [true, false] : [false]
  ).filter(parallel => !parallel || splits);
  const supported = contextExchanges.filter(exchange => supports.contextExchanges.includes(exchange));
  const exchanges =
    pins.contextExchange !== undefined
      ? [pins.contextExchange]
      : context > 1 && supported.length > 0
        ? supported
        : [usualChoices.contextExchange];
  return sequence.flatMap(sequenceParallel => {
    const pieces =
      pins.asyncTensor !== undefined
        ? [pins.asyncTensor]
        : sequenceParallel && tensor > 1 && supports.asyncTensor
          ? [false, true]
          : [usualChoices.asyncTensor];
    return pieces.flatMap(asyncTensor =>
      exchanges.map(contextExchange => ({sequenceParallel, asyncTensor, contextExchange, causalBalancing})),
    );
  });
}

/** Stages side by side, data ranks far apart. */
const pipelineBeforeData: readonly RankDimension[] = ['tensor', 'context', 'expert', 'pipeline', 'data'];

function orderChoices(plan: Plan, mesh: Mesh): readonly OrderChoice[] {
  const {pins, cluster} = plan;
  const differ = mesh.pipeline > 1 && mesh.data > 1 && cluster.software.supports.pipelineBeforeData;
  const orders =
    pins.rankOrder !== undefined
      ? [pins.rankOrder]
      : differ
        ? [defaultRankOrder, pipelineBeforeData]
        : [defaultRankOrder];
  return orders.map(rankOrder => ({rankOrder, states: stateChoices(plan, mesh, rankOrder)}));
}

function stateChoices(plan: Plan, mesh: Mesh, rankOrder: readonly RankDimension[]): readonly StateChoice[] {
  const {pins, cluster} = plan;
  const {supports} = cluster.software;
  const supported = mesh.pipeline > 1 ? supports.pipelinedShardings : supports.shardings;
  const open: readonly Sharding[] =
    mesh.data * mesh.context > 1 ? shardings.filter(sharding => supported.includes(sharding)) : ['none'];
  const groups = shardingGroups(plan, mesh, rankOrder);
  const places =
    pins.offload !== undefined
      ? [pins.offload]
      : offloads.filter(offload => supports.offloads.includes(offload));
  return (pins.sharding !== undefined ? [pins.sharding] : open).flatMap(sharding =>
    (sharding === 'none' ? groups.slice(0, 1) : groups).flatMap(shardingGroup =>
      places.map(offload => ({sharding, shardingGroup, offload})),
    ),
  );
}

/** All data ranks, those of a node, and fours of nodes up to all. */
function shardingGroups(
  {pins, cluster}: Plan,
  mesh: Mesh,
  rankOrder: readonly RankDimension[],
): readonly Layout['shardingGroup'][] {
  const ranks = mesh.data * mesh.context;
  const {shardingGroup: pinned} = pins;
  if (pinned !== undefined) {
    return typeof pinned !== 'number' || ranks % Math.min(ranks, pinned) === 0 ? [pinned] : [];
  }
  if (!cluster.software.supports.shardingGroups) return ['all'];
  const node = shardRanks(cluster, {...mesh, rankOrder, shardingGroup: 'node'});
  const groups: Layout['shardingGroup'][] = node > 1 && node < ranks ? ['all', 'node'] : ['all'];
  for (let size = 4 * node; size < ranks; size *= 4) {
    if (ranks % size === 0) groups.push(size);
  }
  return groups;
}
