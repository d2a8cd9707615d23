import type {Layout, RankDimension, Recompute} from '../../layout/layout.js';
import type {Plan} from '../../plan/plan.js';
import type {Degrees} from './degrees.js';
import {type DegreesSpace, enumerateSpaces, type LayerChoice, type StateChoice} from './degrees-space.js';
import type {PipelineCandidate} from './pipeline-candidates.js';

/** One of each kind of choice. */
export interface LayoutChoices {
  readonly degrees: Degrees;
  readonly layer: LayerChoice;
  readonly microBatch: number;
  readonly candidate: Pick<PipelineCandidate, 'virtualStages' | 'schedule'>;
  readonly recompute: Recompute;
  readonly rankOrder: readonly RankDimension[];
  readonly state: StateChoice;
}

/** The layout of these choices. */
export function layoutOf({
  degrees,
  layer,
  microBatch,
  candidate,
  recompute,
  rankOrder,
  state,
}: LayoutChoices): Layout {
  return {
    tensor: degrees.tensor,
    pipeline: degrees.pipeline,
    data: degrees.data,
    context: degrees.context,
    expert: degrees.expert,
    expertTensor: degrees.expertTensor,
    sequenceParallel: layer.sequenceParallel,
    sharding: state.sharding,
    shardingGroup: state.shardingGroup,
    microBatch,
    schedule: candidate.schedule,
    virtualStages: candidate.virtualStages,
    recompute,
    offload: state.offload,
    asyncTensor: layer.asyncTensor,
    overlapGradients: state.overlapGradients,
    overlapParameters: state.overlapParameters,
    contextExchange: layer.contextExchange,
    causalBalancing: layer.causalBalancing,
    rankOrder,
  };
}

/** Every layout that the plan leaves open, each once, in an order that depends on the plan alone. */
export function* layoutSpace(plan: Plan): Generator<Layout> {
  for (const space of enumerateSpaces(plan)) yield* layoutsOfSpace(space);
}

function* layoutsOfSpace(space: DegreesSpace): Generator<Layout> {
  const {degrees} = space;
  for (const layer of space.layers) {
    for (const microBatch of space.microBatches) {
      for (const candidate of space.candidates(microBatch)) {
        for (const recompute of candidate.recomputes) {
          for (const {rankOrder, states} of space.orders) {
            for (const state of states) {
              yield layoutOf({degrees, layer, microBatch, candidate, recompute, rankOrder, state});
            }
          }
        }
      }
    }
  }
}
