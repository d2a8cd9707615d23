import type {Group} from '../../cluster/group.js';
import {outsideAllocatorBytes} from '../../cost/memory/memory.js';
import {type StageStates, stageStates} from '../../cost/memory/stage-memory.js';
import type {DataGroups} from '../../cost/workload/groups.js';
import type {DeviceParameters} from '../../cost/workload/stage-parameters.js';
import {activationsAreOffloaded, optimizerIsOffloaded} from '../../layout/layout.js';
import {tiedEmbeddingSeconds} from '../../pipeline/layout-groups.js';
import {communicators} from '../../pipeline/layout-memory.js';
import {type StageUpdate, stageUpdate} from '../../pipeline/stages/stage-update.js';
import type {StepTables} from '../../pipeline/tables/step-tables.js';
import type {Bytes} from '../../units/quantities.js';
import type {DegreesSpace, OrderChoice, StateChoice} from '../space/degrees-space.js';
import type {PipelineCandidate} from '../space/pipeline-candidates.js';

/** States of the stages of one candidate under one choice, by class of stages. */
export interface ChosenStates {
  readonly choice: StateChoice;
  readonly states: readonly StageStates[];
  /** Worked out when first asked for: memory rules most out. */
  updates(): readonly StageUpdate[];
}

/** States under one order of ranks. */
export interface OrderedStates {
  readonly order: OrderChoice;
  readonly pipeline: Group;
  /** Adding up the gradients of a tied embedding. */
  readonly tiedSeconds: number;
  readonly chosen: readonly ChosenStates[];
}

/** All states that the stages of one candidate may have. */
export interface PipelineStates {
  readonly orders: readonly OrderedStates[];
  /** By class of stages: no choice brings states and buffers together below these, which stand for them all. */
  readonly leastStates: readonly StageStates[];
  /** The choice that comes near that on the first class. */
  readonly least: {readonly order: OrderedStates; readonly chosen: ChosenStates};
  /** Some choice keeps activations on the host. */
  readonly offloadsActivations: boolean;
}

/** States of one mesh. */
export interface DegreesStates {
  /** Memory outside the caching allocator. */
  readonly outsideAllocatorBytes: () => number;
  of(candidate: PipelineCandidate): PipelineStates;
}

/** Groups over which states are sharded, for one order of ranks. */
interface OrderGroups {
  readonly order: OrderChoice;
  readonly pipeline: Group;
  readonly tiedSeconds: number;
  readonly data: readonly DataGroups[];
}

/** States and their updates for given degrees, by pipeline candidate. Computed lazily, since bounds exclude most. */
export function degreesStates(tables: StepTables, space: DegreesSpace): DegreesStates {
  let orders: readonly OrderGroups[] | null = null;
  let outside: number | null = null;
  const made = new Map<PipelineCandidate, PipelineStates>();
  return {
    outsideAllocatorBytes() {
      outside ??= outsideAllocatorBytes(tables.cluster, communicatorsOf(tables, space));
      return outside;
    },
    of(candidate) {
      let states = made.get(candidate);
      if (states === undefined) {
        orders ??= space.orders.map(order => orderGroups(tables, space, order));
        states = pipelineStates(tables, orders, tables.parameters(space.degrees, candidate));
        made.set(candidate, states);
      }
      return states;
    },
  };
}

function communicatorsOf(tables: StepTables, {degrees, orders}: DegreesSpace): number {
  const placed = {...degrees, rankOrder: orders[0]?.rankOrder ?? []};
  return communicators({
    tensor: tables.group(placed, 'tensor'),
    context: tables.group(placed, 'context'),
    expert: tables.group(placed, 'expert'),
    data: tables.group(placed, 'data'),
    pipeline: tables.group(placed, 'pipeline'),
  });
}

function orderGroups(tables: StepTables, {degrees}: DegreesSpace, order: OrderChoice): OrderGroups {
  const {cluster, model} = tables;
  const placed = {...degrees, rankOrder: order.rankOrder};
  const pipeline = tables.group(placed, 'pipeline');
  const data = tables.group(placed, 'data');
  const expertData = tables.group(placed, 'expertData');
  const bySpread = new Map<StateChoice['shardingGroup'], DataGroups>();
  return {
    order,
    pipeline,
    tiedSeconds: tiedEmbeddingSeconds(cluster, model, degrees, pipeline),
    data: order.states.map(({shardingGroup}) => {
      const groups = bySpread.get(shardingGroup) ?? {
        data,
        expertData,
        shard: tables.group(placed, 'shard', shardingGroup),
        replica: tables.group(placed, 'replica', shardingGroup),
      };
      bySpread.set(shardingGroup, groups);
      return groups;
    }),
  };
}

function pipelineStates(
  tables: StepTables,
  orders: readonly OrderGroups[],
  held: readonly DeviceParameters[],
): PipelineStates {
  const ordered = orders.map(groups => orderedStates(tables, groups, held));
  const leastBytes = held.map(() => Infinity);
  let least: PipelineStates['least'] | null = null;
  for (const order of ordered) {
    for (const chosen of order.chosen) {
      chosen.states.forEach((states, index) => {
        const bytes = passBytes(states);
        if (bytes >= (leastBytes[index] as number)) return;
        leastBytes[index] = bytes;
        if (index === 0) least = {order, chosen};
      });
    }
  }
  if (least === null) throw new Error('a mesh that is searched has a choice of states');
  const offloadsActivations = orders.some(({order}) =>
    order.states.some(choice => activationsAreOffloaded(choice)),
  );
  return {orders: ordered, leastStates: leastBytes.map(statesOfBytes), least, offloadsActivations};
}

/** While micro-batches pass, before their activations. */
function passBytes(states: StageStates): number {
  const {weights, gradients, optimizer, lastingBuffers, passBuffers} = states;
  return weights + gradients + optimizer + lastingBuffers + passBuffers;
}

/** States of `size` bytes in one part. */
function statesOfBytes(size: number): StageStates {
  const none = 0 as Bytes;
  return {
    weights: size as Bytes,
    gradients: none,
    optimizer: none,
    lastingBuffers: 0,
    updateBuffers: 0,
    passBuffers: 0,
  };
}

/** Choices that differ in offloaded activations alone have the same states. */
function orderedStates(
  tables: StepTables,
  {order, pipeline, tiedSeconds, data}: OrderGroups,
  held: readonly DeviceParameters[],
): OrderedStates {
  const knownStates = new Map<string, Pick<ChosenStates, 'states' | 'updates'>>();
  const chosen = order.states.map((choice, index) => {
    const key = `${choice.sharding} ${choice.shardingGroup} ${optimizerIsOffloaded(choice)}`;
    const known = knownStates.get(key) ?? statesOf(tables, choice, data[index] as DataGroups, held);
    knownStates.set(key, known);
    return {choice, states: known.states, updates: known.updates};
  });
  return {order, pipeline, tiedSeconds, chosen};
}

function statesOf(
  {cluster, training, device}: StepTables,
  layout: StateChoice,
  groups: DataGroups,
  held: readonly DeviceParameters[],
): Pick<ChosenStates, 'states' | 'updates'> {
  let made: readonly StageUpdate[] | null = null;
  return {
    states: held.map(parameters => stageStates({cluster, training, layout, groups}, parameters)),
    updates: () => {
      made ??= held.map(parameters => stageUpdate({cluster, training, device, layout, groups}, parameters));
      return made;
    },
  };
}
