import fc from 'fast-check';
import type {Cluster} from '../../src/cluster/cluster.js';
import {serialLayout} from '../../src/layout/fields.js';
import {type Layout, shardings} from '../../src/layout/layout.js';
import type {StepSubject} from '../../src/pipeline/estimate.js';
import type {Training} from '../../src/plan/training.js';
import {gpt, mixtral} from '../model/shapes.js';
import {handCluster} from './hand-machine.js';

const powers = (most: number) => fc.integer({min: 0, max: most}).map(exponent => 2 ** exponent);

/** Models, layouts and batches that hold every invariant, on a machine of eight devices a node. */
export const subjects: fc.Arbitrary<StepSubject> = fc
  .record({
    mixture: fc.boolean(),
    layers: fc.constantFrom(8, 16, 24),
    hidden: fc.constantFrom(1024, 2048, 4096),
    tensor: powers(4),
    pipeline: powers(3),
    data: powers(3),
    context: powers(1),
    expert: powers(2),
    microBatch: powers(2),
    rounds: fc.integer({min: 1, max: 12}),
    sequenceParallel: fc.boolean(),
    sharding: fc.constantFrom(...shardings),
    recompute: fc.constantFrom('none' as const, 'selective' as const, 'full' as const),
    flash: fc.boolean(),
    overlapGradients: fc.boolean(),
    overlapParameters: fc.boolean(),
  })
  .map(choice => {
    const dense = gpt({layers: choice.layers, hidden: choice.hidden, heads: 16, vocabulary: 51200});
    const model = choice.mixture ? {...mixtral, numLayers: choice.layers} : dense;
    const expert = choice.mixture ? Math.min(choice.expert, choice.data) : 1;
    const layout: Layout = {
      ...serialLayout,
      tensor: choice.tensor,
      pipeline: choice.pipeline,
      data: choice.data,
      context: choice.context,
      expert,
      expertTensor: expert > 1 ? 1 : choice.tensor,
      sequenceParallel: choice.sequenceParallel && choice.tensor > 1,
      sharding: choice.sharding,
      shardingGroup: 'all',
      microBatch: choice.microBatch,
      schedule: '1f1b',
      virtualStages: 1,
      recompute: choice.recompute,
      offload: 'none',
      overlapGradients: choice.overlapGradients,
      overlapParameters: choice.overlapParameters,
    };
    const training: Training = {
      tokens: 1e9,
      sequenceLength: 2048,
      globalBatch: choice.data * choice.microBatch * choice.rounds,
      precision: 'bf16',
      optimizer: 'adam',
      attentionKernel: choice.flash ? 'flash2' : 'fused-softmax',
      gradientBytes: null,
      expertImbalance: 1,
    };
    const numDevices = choice.tensor * choice.pipeline * choice.data * choice.context;
    return {model, layout, training, cluster: handCluster(numDevices)};
  });

/** The cluster with something about it changed. */
export function withCluster(
  subject: StepSubject,
  change: (cluster: Cluster) => Partial<Cluster>,
): StepSubject {
  return {...subject, cluster: {...subject.cluster, ...change(subject.cluster)}};
}
