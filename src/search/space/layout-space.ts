import type {Layout, RankDimension, Recompute} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import type {Mesh} from './mesh.js';
import {type LayerChoice, type MeshSpace, meshSpaces, type StateChoice} from './mesh-space.js';
import type {Slicing} from './slicing.js';

/** One of each kind of choice. */
export interface LayoutChoices {
  readonly mesh: Mesh;
  readonly layer: LayerChoice;
  readonly microBatch: number;
  readonly slicing: Pick<Slicing, 'virtualStages' | 'schedule'>;
  readonly recompute: Recompute;
  readonly rankOrder: readonly RankDimension[];
  readonly state: StateChoice;
}

/** The layout of these choices. */
export function layoutOf({
  mesh,
  layer,
  microBatch,
  slicing,
  recompute,
  rankOrder,
  state,
}: LayoutChoices): Layout {
  return {
    tensor: mesh.tensor,
    pipeline: mesh.pipeline,
    data: mesh.data,
    context: mesh.context,
    expert: mesh.expert,
    expertTensor: mesh.expertTensor,
    sequenceParallel: layer.sequenceParallel,
    sharding: state.sharding,
    shardingGroup: state.shardingGroup,
    microBatch,
    schedule: slicing.schedule,
    virtualStages: slicing.virtualStages,
    recompute,
    offload: state.offload,
    asyncTensor: layer.asyncTensor,
    contextExchange: layer.contextExchange,
    causalBalancing: layer.causalBalancing,
    rankOrder,
  };
}

/** Every layout that the plan leaves open, each once, in an order that depends on the plan alone. */
export function* layoutSpace(plan: Plan): Generator<Layout> {
  for (const space of meshSpaces(plan)) yield* layoutsOfMesh(space);
}

function* layoutsOfMesh(space: MeshSpace): Generator<Layout> {
  const {mesh} = space;
  for (const layer of space.layers) {
    for (const microBatch of space.microBatches) {
      for (const slicing of space.slicings(microBatch)) {
        for (const recompute of slicing.recomputes) {
          for (const {rankOrder, states} of space.orders) {
            for (const state of states) {
              yield layoutOf({mesh, layer, microBatch, slicing, recompute, rankOrder, state});
            }
          }
        }
      }
    }
  }
}
