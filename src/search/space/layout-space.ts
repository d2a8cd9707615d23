import {layoutProblems} from '../../layout/constraints.js';
import {divisors} from '../../layout/divisors.js';
import {
  type Layout,
  type Recompute,
  type ScheduleName,
  type Sharding,
  shardings,
  usualChoices,
} from '../../layout/layout.js';
import type {NarrowableField, NarrowedValues, Plan} from '../../layout/plan.js';

/**
 * Every layout that the plan leaves open, each once, in an order that depends on the plan alone.
 *
 * Pinned fields keep their value. Context, expert and offload stay at 1 and none unless pinned.
 * Choices without effect are not repeated: sequence parallelism without tensor parallelism, sharding
 * over one rank, virtual stages of a single stage.
 */
export function* layoutSpace(plan: Plan): Generator<Layout> {
  const {pins, model, training, cluster} = plan;
  const devices = cluster.numDevices;
  const context = pins.context ?? 1;
  const expert = pins.expert ?? 1;
  const heads = divisors(model.attention.numHeads).filter(tensor => devices % (tensor * context) === 0);
  for (const tensor of choices(plan, 'tensor', heads)) {
    const perStage = devices / (tensor * context);
    const stages = divisors(Math.floor(perStage)).filter(stage => stage <= model.numLayers);
    for (const pipeline of choices(plan, 'pipeline', stages)) {
      const left = Math.floor(perStage / pipeline);
      for (const data of choices(plan, 'data', [left])) {
        const degrees = {tensor, pipeline, data, context, expert};
        const perRank = training.globalBatch / data;
        if (!Number.isInteger(perRank)) continue;
        for (const microBatch of choices(plan, 'microBatch', divisors(perRank))) {
          yield* settings(plan, {...degrees, microBatch}, perRank / microBatch);
        }
      }
    }
  }
}

type Degrees = Pick<Layout, 'tensor' | 'pipeline' | 'data' | 'context' | 'expert' | 'microBatch'>;

function* settings(plan: Plan, degrees: Degrees, microbatches: number): Generator<Layout> {
  const {pins, model, training, cluster} = plan;
  const scope = {model, training, numDevices: cluster.numDevices};
  const shardRanks = degrees.data * degrees.context;
  const sequence = pins.sequenceParallel;
  const parallel = sequence === undefined ? sequenceParallelChoices(degrees.tensor) : [sequence];
  const recomputes = pins.recompute === undefined ? recomputeChoices : [pins.recompute];
  const stages = pins.sharding === undefined ? shardingChoices(shardRanks) : [pins.sharding];
  for (const {schedule, virtualStages} of schedules(plan, degrees, microbatches)) {
    for (const sequenceParallel of parallel) {
      const common = {
        ...degrees,
        expertTensor: pins.expertTensor ?? (degrees.expert > 1 ? 1 : degrees.tensor),
        sequenceParallel,
        shardingGroup: pins.shardingGroup ?? 'all',
        schedule,
        virtualStages,
        offload: pins.offload ?? 'none',
        asyncTensor: pins.asyncTensor ?? usualChoices.asyncTensor,
        contextExchange: pins.contextExchange ?? usualChoices.contextExchange,
        causalBalancing: pins.causalBalancing ?? usualChoices.causalBalancing,
        rankOrder: pins.rankOrder ?? usualChoices.rankOrder,
      };
      // No invariant depends on the two choices that are still open.
      const probe: Layout = {...common, sharding: 'none', recompute: 'none'};
      if (layoutProblems(probe, scope).length > 0) continue;
      for (const recompute of recomputes) {
        for (const sharding of stages) yield {...common, sharding, recompute};
      }
    }
  }
}

const recomputeChoices: readonly Recompute[] = ['none', 'selective', 'full'];
const sequenceParallelChoices = (tensor: number): readonly boolean[] =>
  tensor > 1 ? [true, false] : [false];
const shardingChoices = (ranks: number): readonly Sharding[] => (ranks > 1 ? shardings : ['none']);

interface ScheduleChoice {
  readonly schedule: ScheduleName;
  readonly virtualStages: number;
}

/** 1F1B, and interleaved with virtual stages that divide the layers; its rounds are as long as the pipeline. */
function schedules(plan: Plan, {pipeline}: Degrees, microbatches: number): readonly ScheduleChoice[] {
  const {pins, model} = plan;
  const layers = Math.floor(model.numLayers / pipeline);
  const interleaves = pipeline > 1 && microbatches % pipeline === 0;
  const open = interleaves ? divisors(layers).filter(v => pipeline * v <= model.numLayers) : [1];
  return choices(plan, 'virtualStages', open)
    .map(virtualStages => ({
      virtualStages,
      schedule: pins.schedule ?? (virtualStages > 1 ? ('interleaved' as const) : ('1f1b' as const)),
    }))
    .filter(({schedule, virtualStages}) => virtualStages === 1 || schedule === 'interleaved');
}

/** The pinned value, or those of `open` that the plan's own search section leaves. */
function choices(plan: Plan, field: NarrowableField, open: readonly number[]): readonly number[] {
  const pinned = plan.pins[field];
  if (pinned !== undefined) return [pinned];
  const narrowed: NarrowedValues | undefined = plan.narrowed[field];
  if (narrowed === undefined) return open;
  return open.filter(value =>
    'min' in narrowed ? value >= narrowed.min && value <= narrowed.max : narrowed.includes(value),
  );
}
