import {divisors} from '../../layout/divisors.js';
import {serialLayout} from '../../layout/fields.js';
import {
  contextExchanges,
  defaultRankOrder,
  type Layout,
  offloads,
  pipelineBeforeData,
  type RankDimension,
  shardings,
} from '../../layout/layout.js';
import {shardRanks} from '../../layout/placement.js';
import {rankAxes} from '../../layout/rank-axes.js';
import type {LayoutRule} from '../../layout/rule.js';
import type {Plan} from '../../plan/plan.js';
import {choices} from './choices.js';
import {type Degrees, degreeCombinations} from './degrees.js';
import {type PipelineCandidate, pipelineCandidates} from './pipeline-candidates.js';
import {holds, type RulesByChoice, readsScope, rulesByChoice} from './rules-by-choice.js';

/** Choices of how layers run, for given degrees. */
export type LayerChoice = Pick<
  Layout,
  'sequenceParallel' | 'asyncTensor' | 'contextExchange' | 'causalBalancing'
>;

/** Sharding of states over ranks, what is offloaded to the host, and what overlaps. */
export type StateChoice = Pick<
  Layout,
  'sharding' | 'shardingGroup' | 'offload' | 'overlapGradients' | 'overlapParameters'
>;

/** An order of ranks, and the choices of states that differ under it. */
export interface OrderChoice {
  readonly rankOrder: readonly RankDimension[];
  readonly states: readonly StateChoice[];
}

/** What is left to choose once the degrees are: a layout is one of each list. */
export interface DegreesSpace {
  readonly degrees: Degrees;
  readonly layers: readonly LayerChoice[];
  readonly microBatches: readonly number[];
  readonly orders: readonly OrderChoice[];
  /** Over all orders. */
  readonly numStates: number;
  /** Micro-batches of a data rank in a step. */
  numMicrobatches(microBatch: number): number;
  candidates(microBatch: number): readonly PipelineCandidate[];
  /** Layouts that run layers in one way. */
  readonly sizeOfLayer: number;
  readonly size: number;
}

/** What a search needs to enumerate the layouts of one plan. */
interface SpaceContext {
  readonly plan: Plan;
  readonly rules: RulesByChoice;
  readonly candidates: (pipeline: number, microbatches: number) => readonly PipelineCandidate[];
}

/**
 * Everything that a plan leaves open, in an order that depends on the plan alone. Degrees whose choices do
 * not combine freely under the framework's rules have several spaces, each a product of lists.
 */
export function* enumerateSpaces(plan: Plan): Generator<DegreesSpace> {
  const rules = rulesByChoice(plan);
  const context = {plan, rules, candidates: pipelineCandidates(plan, rules)};
  for (const degrees of degreeCombinations(plan, rules)) yield* spacesOfDegrees(context, degrees);
}

/**
 * The layouts of one combination of degrees. Choices without effect are left out: sequence parallelism without
 * tensor parallelism, sharding over one rank, ranks in another order that are placed the same.
 */
function spacesOfDegrees(context: SpaceContext, degrees: Degrees): readonly DegreesSpace[] {
  const {plan, rules} = context;
  const perRank = plan.training.globalBatch / degrees.data;
  const layers = layerChoices(plan, degrees).filter(layer =>
    holds(rules.layer, {...serialLayout, ...degrees, ...layer}, plan),
  );
  const microBatches = choices(plan, 'microBatch', divisors(perRank)).filter(
    microBatch =>
      perRank % microBatch === 0 && holds(rules.batch, {...serialLayout, ...degrees, microBatch}, plan),
  );
  const wholes = ordersByExperts(orderChoices(plan, degrees, rules), degrees).map(orders => ({
    degrees,
    layers,
    microBatches,
    orders,
    perRank,
    allows: null,
  }));
  const parts = rules.joint.length === 0 ? wholes : wholes.flatMap(whole => freeParts(context, whole));
  return parts.map(part => productSpace(context, part));
}

/** Orders of ranks grouped by where they place the experts of a layer, so that layers of a space have one cost. */
function ordersByExperts(
  orders: readonly OrderChoice[],
  degrees: Degrees,
): readonly (readonly OrderChoice[])[] {
  const parts = new Map<string, OrderChoice[]>();
  for (const order of orders) {
    const key = JSON.stringify(rankAxes({...degrees, rankOrder: order.rankOrder}, 'expert', 1));
    const known = parts.get(key);
    if (known === undefined) parts.set(key, [order]);
    else known.push(order);
  }
  return [...parts.values()];
}

/** Lists whose product is a space, but for the pipeline candidates that it does not allow. */
interface SpaceLists {
  readonly degrees: Degrees;
  readonly layers: readonly LayerChoice[];
  readonly microBatches: readonly number[];
  readonly orders: readonly OrderChoice[];
  /** Sequences of a data rank in a step. */
  readonly perRank: number;
  /** Rules that pipeline candidates have to hold, with the choices that they are joined to; null: none. */
  readonly allows: {readonly rules: readonly LayoutRule[]; readonly with: Partial<Layout>} | null;
}

/**
 * Splits layers and states by the values that joint rules read, so that within a part a rule depends on the
 * micro-batch, the pipeline and the recomputation alone.
 */
function freeParts({plan, rules}: SpaceContext, whole: SpaceLists): readonly SpaceLists[] {
  const {joint} = rules;
  const base = {...serialLayout, ...whole.degrees};
  const layerParts = partsBy(whole.layers, joint);
  return layerParts.flatMap(layers => {
    const states = whole.orders.flatMap(({rankOrder, states}) =>
      states.map(state => ({rankOrder, ...state})),
    );
    return partsBy(states, joint).flatMap(part => {
      const chosen = {...base, ...layers[0], ...part[0]} as Layout;
      const settled = joint.filter(rule => !readsScope(rule, 'batch', 'pipeline', 'recompute'));
      if (!holds(settled, chosen, plan)) return [];
      const open = joint.filter(rule => readsScope(rule, 'batch', 'pipeline', 'recompute'));
      const orders = whole.orders.flatMap(order => {
        const own = order.states.filter(state =>
          part.some(
            one =>
              one.rankOrder === order.rankOrder &&
              one.sharding === state.sharding &&
              one.shardingGroup === state.shardingGroup &&
              one.offload === state.offload,
          ),
        );
        return own.length === 0 ? [] : [{rankOrder: order.rankOrder, states: own}];
      });
      return [{...whole, layers, orders, allows: {rules: open, with: {...layers[0], ...part[0]}}}];
    });
  });
}

/** Choices grouped by the values of the fields that the rules read. */
function partsBy<Choice extends object>(
  list: readonly Choice[],
  rules: readonly LayoutRule[],
): readonly (readonly Choice[])[] {
  const read = new Set<string>(rules.flatMap(({fields}) => fields));
  const parts = new Map<string, Choice[]>();
  for (const choice of list) {
    const key = JSON.stringify(Object.entries(choice).filter(([field]) => read.has(field)));
    const known = parts.get(key);
    if (known === undefined) parts.set(key, [choice]);
    else known.push(choice);
  }
  return [...parts.values()];
}

function productSpace(context: SpaceContext, lists: SpaceLists): DegreesSpace {
  const {degrees, layers, orders, perRank} = lists;
  const numStates = orders.reduce((sum, {states}) => sum + states.length, 0);
  const candidates = lists.microBatches.map(microBatch => ({
    microBatch,
    candidates: allowedCandidates(context, lists, microBatch),
  }));
  const open = candidates.filter(({candidates: list}) => list.length > 0);
  const byMicroBatch = new Map(open.map(entry => [entry.microBatch, entry.candidates]));
  const sizeOfLayer =
    numStates *
    open.reduce(
      (sum, entry) => sum + entry.candidates.reduce((all, {recomputes}) => all + recomputes.length, 0),
      0,
    );
  return {
    degrees,
    layers,
    microBatches: open.map(({microBatch}) => microBatch),
    orders,
    numStates,
    numMicrobatches: microBatch => perRank / microBatch,
    candidates: microBatch => byMicroBatch.get(microBatch) ?? [],
    sizeOfLayer,
    size: layers.length * sizeOfLayer,
  };
}

/** Pipeline candidates of a micro-batch, with what they may recompute, as far as joint rules allow. */
function allowedCandidates(
  {plan, candidates}: SpaceContext,
  {degrees, perRank, allows}: SpaceLists,
  microBatch: number,
): readonly PipelineCandidate[] {
  const all = candidates(degrees.pipeline, perRank / microBatch);
  if (allows === null || allows.rules.length === 0) return all;
  const ofCandidate = allows.rules.filter(rule => !readsScope(rule, 'recompute'));
  const ofRecompute = allows.rules.filter(rule => readsScope(rule, 'recompute'));
  return all.flatMap(candidate => {
    const {schedule, virtualStages, recomputes} = candidate;
    const layout = {...serialLayout, ...degrees, ...allows.with, microBatch, schedule, virtualStages};
    if (!holds(ofCandidate, layout, plan)) return [];
    if (ofRecompute.length === 0) return [candidate];
    const own = recomputes.filter(recompute => holds(ofRecompute, {...layout, recompute}, plan));
    return own.length === recomputes.length
      ? [candidate]
      : own.length === 0
        ? []
        : [{...candidate, recomputes: own}];
  });
}

/** Values of a choice that the plan pins, or else all that some layout may have. */
function pinnedOr<Value>(pinned: Value | undefined, open: readonly Value[]): readonly Value[] {
  return pinned === undefined ? open : [pinned];
}

function layerChoices({pins, cluster}: Plan, {tensor, context}: Degrees): readonly LayerChoice[] {
  const {supports} = cluster.software;
  const causalBalancing = pins.causalBalancing ?? serialLayout.causalBalancing;
  const sequence = pinnedOr(pins.sequenceParallel, tensor > 1 ? [true, false] : [false]);
  const supported = contextExchanges.filter(exchange => supports.contextExchanges.includes(exchange));
  const exchanges = pinnedOr(
    pins.contextExchange,
    context > 1 && supported.length > 0 ? supported : [serialLayout.contextExchange],
  );
  return sequence.flatMap(sequenceParallel => {
    const open = sequenceParallel && tensor > 1 && supports.asyncTensor ? [false, true] : [false];
    return pinnedOr(pins.asyncTensor, open).flatMap(asyncTensor =>
      exchanges.map(contextExchange => ({sequenceParallel, asyncTensor, contextExchange, causalBalancing})),
    );
  });
}

function orderChoices(plan: Plan, degrees: Degrees, rules: RulesByChoice): readonly OrderChoice[] {
  const {pins, cluster} = plan;
  const differ = degrees.pipeline > 1 && degrees.data > 1 && cluster.software.supports.pipelineBeforeData;
  return pinnedOr(pins.rankOrder, differ ? [defaultRankOrder, pipelineBeforeData] : [defaultRankOrder])
    .filter(rankOrder => holds(rules.order, {...serialLayout, ...degrees, rankOrder}, plan))
    .map(rankOrder => ({
      rankOrder,
      states: stateChoices(plan, degrees, rankOrder).filter(state =>
        holds(rules.states, {...serialLayout, ...degrees, rankOrder, ...state}, plan),
      ),
    }));
}

function stateChoices(
  plan: Plan,
  degrees: Degrees,
  rankOrder: readonly RankDimension[],
): readonly StateChoice[] {
  const {pins, cluster} = plan;
  const groups = shardingGroups(plan, degrees, rankOrder);
  const places = pinnedOr(
    pins.offload,
    offloads.filter(offload => cluster.software.supports.offloads.includes(offload)),
  );
  return pinnedOr(pins.sharding, degrees.data * degrees.context > 1 ? shardings : ['none' as const]).flatMap(
    sharding =>
      (sharding === 'none' ? groups.slice(0, 1) : groups).flatMap(shardingGroup =>
        places.map(offload => ({sharding, shardingGroup, offload, ...overlapOf(plan, degrees, sharding)})),
      ),
  );
}

/** Communication overlaps wherever the framework can: it never takes longer so. */
function overlapOf(
  {pins, cluster}: Plan,
  {data, context}: Degrees,
  sharding: Layout['sharding'],
): Pick<Layout, 'overlapGradients' | 'overlapParameters'> {
  const {overlaps} = cluster.software.supports;
  const overlapGradients = pins.overlapGradients ?? (data * context > 1 && overlaps.includes('gradients'));
  return {
    overlapGradients,
    overlapParameters:
      pins.overlapParameters ?? (overlapGradients && sharding !== 'none' && overlaps.includes('parameters')),
  };
}

/** All data ranks, those of a node, and fours of nodes up to all. */
function shardingGroups(
  {pins, cluster}: Plan,
  degrees: Degrees,
  rankOrder: readonly RankDimension[],
): readonly Layout['shardingGroup'][] {
  const ranks = degrees.data * degrees.context;
  if (pins.shardingGroup !== undefined) return [pins.shardingGroup];
  if (!cluster.software.supports.shardingGroups) return ['all'];
  const node = shardRanks(cluster, {...degrees, rankOrder, shardingGroup: 'node'});
  const groups: Layout['shardingGroup'][] = node > 1 && node < ranks ? ['all', 'node'] : ['all'];
  for (let size = 4 * node; size < ranks; size *= 4) {
    if (ranks % size === 0) groups.push(size);
  }
  return groups;
}
