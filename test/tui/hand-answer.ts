import type {StageMoments} from '../../src/cost/memory/memory.js';
import {type StepParts, stepSeconds} from '../../src/cost/step.js';
import {serialLayout} from '../../src/layout/fields.js';
import type {Layout} from '../../src/layout/layout.js';
import type {StepEstimate} from '../../src/pipeline/estimate.js';
import type {Plan} from '../../src/plan/plan.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {makeSimulation} from '../../src/report/simulation.js';
import type {Neighbour} from '../../src/search/neighbours.js';
import type {PlanAnswer, Row} from '../../src/tui/planning/reply.js';
import {bytes, bytesPerSecond} from '../../src/units/quantities.js';
import {stageOf, stepPartsOf} from '../plan-maker.js';

/**
 * An answer made up by hand, so that pictures do not change when constants are fitted again. The text is
 * a right plan; times, memory and bands are those given here.
 */
export const handPlan = `walltime: 1
name: A hand-made plan
model: llama-3-8b               # a comment that stays
cluster:
  hardware: h100-sxm
  devices: 64
  price: $2/hour
training:
  tokens: 100 B
  sequence_length: 8192
  global_batch: 512
goal: {minimize: time, deadline: 40 days}
reliability: none
`;

const gibibyte = 2 ** 30;

export async function handAnswer(text = handPlan): Promise<PlanAnswer> {
  const read = await readPlanText('test/hand.yaml', text);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const plan = steady(read.plan);
  const rows = [
    row(plan, layout({tensor: 1, pipeline: 4, data: 16, microBatch: 2}), 6, [31, 28, 28, 36]),
    row(plan, layout({tensor: 2, pipeline: 2, data: 16, microBatch: 2}), 6.3, [44, 48]),
    row(plan, layout({tensor: 4, pipeline: 1, data: 16, microBatch: 1}), 7.1, [70]),
    row(plan, layout({tensor: 8, pipeline: 1, data: 8, microBatch: 1}), 9.4, [76]),
  ];
  return {
    plan,
    stacks: ['generic', 'megatron-core', 'torchtitan'],
    precisions: ['bf16', 'fp8'],
    rows,
    noFit: null,
    counts: {space: 4096, evaluated: 96, excludedByMemory: 3000, excludedByBound: 1000},
    optimal: true,
    progress: 1,
    free: null,
    neighbours: [neighbour(rows[0]?.layout)],
  };
}

/** Of one device at each level of the topology, as the datasheet has it. */
const linkBandwidths = [450e9, 50e9] as const;

/** The plan without what was fitted: bands, what was measured, and the share of the links that a stack reaches. */
function steady(plan: Plan): Plan {
  const {cluster} = plan;
  const software = {
    ...cluster.software,
    stepResidual: {p10: 0.9, p90: 1.1},
    measuredRange: null,
    evidence: 'machine' as const,
  };
  const topology = cluster.topology.map((level, i) => ({
    ...level,
    bandwidth: bytesPerSecond(linkBandwidths[i] ?? level.bandwidth),
  }));
  return {...plan, cluster: {...cluster, software, topology}};
}

type Degrees = Pick<Layout, 'tensor' | 'pipeline' | 'data' | 'microBatch'>;

function layout(degrees: Degrees): Layout {
  return {
    ...serialLayout,
    ...degrees,
    context: 1,
    expert: 1,
    expertTensor: degrees.tensor,
    sequenceParallel: degrees.tensor > 1,
    sharding: 'optimizer',
    shardingGroup: 'all',
    schedule: '1f1b',
    virtualStages: 1,
    recompute: 'none',
    offload: 'none',
  };
}

function row(plan: Plan, of: Layout, seconds: number, stages: readonly number[]): Row {
  const {loss: _, ...simulation} = makeSimulation(plan, of, estimate(of, seconds, stages));
  return {
    ...simulation,
    loss: {value: 2.12, band: {p10: 2.09, p50: 2.12, p90: 2.15}, warnings: []},
    warnings: [],
  };
}

const shares: Partial<Record<keyof StepParts, number>> = {
  forward: 0.22,
  backward: 0.44,
  tensorCommunication: 0.14,
  pipelineBubble: 0.12,
  gradientReduction: 0.06,
  optimizer: 0.02,
};

function estimate(of: Layout, seconds: number, gibibytes: readonly number[]): StepEstimate {
  const parts = stepPartsOf(
    Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, seconds * share])),
  );
  const stages = gibibytes.map(size => stage((size - 4) * gibibyte));
  const fullest = gibibytes.indexOf(Math.max(...gibibytes));
  const peak = Math.max(...gibibytes) - 4;
  return {
    seconds: stepSeconds(parts),
    parts,
    memory: {
      stages,
      fullest,
      peakBytes: bytes(peak * gibibyte),
      reservedBytes: bytes(peak * gibibyte),
      outsideAllocatorBytes: bytes(4 * gibibyte),
      neededBytes: bytes((peak + 4) * gibibyte),
      capacityBytes: bytes(80 * gibibyte),
      fits: peak < 72,
    },
    numMicrobatches: 512 / (of.data * of.microBatch),
    extrapolated: [],
  };
}

function stage(size: number): StageMoments {
  return stageOf({
    weights: 0.2 * size,
    gradients: 0.1 * size,
    optimizer: 0.3 * size,
    layerActivations: 0.4 * size,
    updateBytes: size,
  });
}

function neighbour(of: Layout | undefined): Neighbour {
  if (of === undefined) throw new Error('the first row has a layout');
  return {
    field: 'pipeline',
    layout: {...of, pipeline: 2, data: 32},
    neededBytes: 91 * gibibyte,
    fits: false,
    slower: 0.04,
    part: 'gradientReduction',
    partSeconds: 0.3,
  };
}
