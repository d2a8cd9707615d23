import fc from 'fast-check';
import type {Cluster} from '../../src/cluster/cluster.js';
import {type Layout, scheduleNames, shardings} from '../../src/layout/layout.js';
import type {Plan} from '../../src/plan/plan.js';
import {bytes} from '../../src/units/quantities.js';
import {gpt, mixtral} from '../model/shapes.js';
import {handCluster} from '../pipeline/hand-machine.js';
import {makePlanFor} from '../plan-maker.js';

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, {nil: undefined});

/** Pins that keep a space small enough to time every layout of it. */
const pinned = fc.record({
  tensor: optional(fc.constantFrom(1, 2, 4)),
  context: optional(fc.constantFrom(1, 2)),
  pipeline: optional(fc.constantFrom(1, 2, 4)),
  expert: optional(fc.constantFrom(1, 2, 8)),
  microBatch: optional(fc.constantFrom(1, 2)),
  schedule: optional(fc.constantFrom(...scheduleNames)),
  virtualStages: optional(fc.constantFrom(1, 2)),
  sharding: optional(fc.constantFrom(...shardings)),
  shardingGroup: optional(fc.constantFrom('all' as const, 'node' as const, 2)),
  sequenceParallel: optional(fc.boolean()),
  recompute: optional(fc.constantFrom('none' as const, 'selective' as const, 'full' as const, {layers: 1})),
  offload: optional(fc.constantFrom('none' as const, 'activations' as const)),
  asyncTensor: optional(fc.boolean()),
});

/** Plans of small models on a few devices of any memory, with some of the layout stated. */
export const plans: fc.Arbitrary<Plan> = fc
  .record({
    mixture: fc.boolean(),
    layers: fc.constantFrom(4, 6),
    tied: fc.boolean(),
    devices: fc.constantFrom(4, 8, 16, 24),
    memory: fc.constantFrom(1, 4, 8, 16, 32, 80),
    rounds: fc.constantFrom(2, 4, 6),
    partial: fc.boolean(),
    offloads: fc.boolean(),
    pins: pinned,
  })
  .map(choice => {
    const dense = gpt({layers: choice.layers, hidden: 1024, heads: 12, vocabulary: 51200});
    const model = choice.mixture
      ? {...mixtral, numLayers: choice.layers, hiddenSize: 1024}
      : {...dense, tiedEmbeddings: choice.tied};
    const {expert, ...densePins} = choice.pins;
    const pins: Plan['pins'] = defined(choice.mixture ? {expert: expert ?? 2, ...densePins} : densePins);
    return makePlanFor({
      name: 'drawn',
      model,
      cluster: drawnCluster(choice),
      training: {globalBatch: choice.devices * choice.rounds, attentionKernel: 'flash2'},
      pins,
    });
  });

function drawnCluster(choice: {
  devices: number;
  memory: number;
  partial: boolean;
  offloads: boolean;
}): Cluster {
  const cluster = handCluster(choice.devices);
  const {supports} = cluster.software;
  return {
    ...cluster,
    accelerator: {...cluster.accelerator, memory: bytes(choice.memory * 1e9)},
    software: {
      ...cluster.software,
      measuredRange: {
        devices: [1, 8],
        parameters: [1e9, 1e10],
        sequenceLength: [2048, 2048],
        microBatch: [1, 1],
        tensor: [1, 2],
        pipeline: [1, 1],
        context: [1, 1],
        expert: [1, 1],
      },
      supports: {
        ...supports,
        partialRecompute: choice.partial,
        offloads: choice.offloads ? supports.offloads : ['none'],
      },
    },
  };
}

function defined(pins: {readonly [Field in keyof Layout]?: Layout[Field] | undefined}): Plan['pins'] {
  return Object.fromEntries(Object.entries(pins).filter(([, value]) => value !== undefined));
}
