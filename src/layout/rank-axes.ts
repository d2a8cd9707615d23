import type {RankAxis} from '../cluster/topology.js';
import type {Layout, RankDimension} from './layout.js';

/** Kinds of groups that a training step communicates in. */
export const groupKinds = [
  'tensor',
  'context',
  'data',
  'pipeline',
  'expert',
  'expertTensor',
  'expertData',
  'shard',
  'replica',
] as const;
export type GroupKind = (typeof groupKinds)[number];

/** What the numbers of ranks depend on. */
export type RankLayout = Pick<
  Layout,
  'tensor' | 'context' | 'pipeline' | 'data' | 'expert' | 'expertTensor' | 'rankOrder'
>;

/**
 * Axes of one kind of group under the layout's rank order.
 *
 * `data` is the group that reduces the gradients of dense weights: all context and data ranks.
 * Expert ranks have a numbering of their own over the ranks of one pipeline stage, with expertTensor, expert and
 * expert-data in the places of tensor, expert and data (context plays no part), as in
 * megatron/core/parallel_state.py, `RankGenerator` and `expert_decoder_rank_generator`.
 *
 * @param shardRanks ranks that one copy of the sharded state is spread over
 */
export function rankAxes(layout: RankLayout, kind: GroupKind, shardRanks: number): readonly RankAxis[] {
  switch (kind) {
    case 'tensor':
      return [{size: layout.tensor, stride: denseStride(layout, 'tensor')}];
    case 'context':
      return [{size: layout.context, stride: denseStride(layout, 'context')}];
    case 'pipeline':
      return [{size: layout.pipeline, stride: denseStride(layout, 'pipeline')}];
    case 'data':
      return gradientAxes(layout);
    case 'shard':
      return splitAxes(gradientAxes(layout), shardRanks).inner;
    case 'replica':
      return splitAxes(gradientAxes(layout), shardRanks).outer;
    case 'expert':
    case 'expertTensor':
    case 'expertData':
      return expertAxes(layout, kind);
  }
}

function denseDegree(layout: RankLayout, dimension: RankDimension): number {
  return dimension === 'expert' ? 1 : layout[dimension];
}

/** Product of the degrees that are numbered faster. */
function denseStride(layout: RankLayout, dimension: RankDimension): number {
  let stride = 1;
  for (const faster of layout.rankOrder) {
    if (faster === dimension) break;
    stride *= denseDegree(layout, faster);
  }
  return stride;
}

function gradientAxes(layout: RankLayout): readonly RankAxis[] {
  const dimensions = layout.rankOrder.filter(d => d === 'context' || d === 'data');
  return joinAxes(dimensions.map(d => ({size: layout[d], stride: denseStride(layout, d)})));
}

/** Drops axes of size 1 and joins those that follow on from one another. */
function joinAxes(axes: readonly RankAxis[]): readonly RankAxis[] {
  const joined: RankAxis[] = [];
  for (const axis of axes) {
    const last = joined.at(-1);
    if (axis.size === 1) continue;
    if (last !== undefined && last.size * last.stride === axis.stride) {
      joined[joined.length - 1] = {size: last.size * axis.size, stride: last.stride};
    } else {
      joined.push(axis);
    }
  }
  return joined.length > 0 ? joined : [{size: 1, stride: axes[0]?.stride ?? 1}];
}

/** The first `size` ranks of each group, and the groups of ranks that have the same place in them. */
function splitAxes(
  axes: readonly RankAxis[],
  size: number,
): {inner: readonly RankAxis[]; outer: readonly RankAxis[]} {
  const inner: RankAxis[] = [];
  const outer: RankAxis[] = [];
  let left = size;
  for (const axis of axes) {
    const taken = Math.min(left, axis.size);
    inner.push({size: taken, stride: axis.stride});
    outer.push({size: Math.floor(axis.size / taken), stride: axis.stride * taken});
    left = Math.max(1, Math.floor(left / taken));
  }
  return {inner: joinAxes(inner), outer: joinAxes(outer)};
}

function expertAxes(layout: RankLayout, kind: 'expert' | 'expertTensor' | 'expertData'): readonly RankAxis[] {
  const ranksOfStage = layout.tensor * layout.context * layout.data;
  const sizes = {
    expertTensor: layout.expertTensor,
    expert: layout.expert,
    expertData: ranksOfStage / (layout.expertTensor * layout.expert),
  };
  let stride = 1;
  for (const dimension of layout.rankOrder) {
    const faster = expertDimension(dimension);
    if (faster === null) continue;
    if (faster === kind) break;
    stride *= sizes[faster];
  }
  return aroundPipeline(layout, {size: sizes[kind], stride});
}

function expertDimension(dimension: RankDimension): 'expert' | 'expertTensor' | 'expertData' | null {
  if (dimension === 'tensor') return 'expertTensor';
  if (dimension === 'expert') return 'expert';
  return dimension === 'data' ? 'expertData' : null;
}

/** Numbers within one stage as global ranks: what is numbered slower than the pipeline is that much further apart. */
function aroundPipeline(layout: RankLayout, axis: RankAxis): readonly RankAxis[] {
  const insideStride = denseStride(layout, 'pipeline');
  const {size, stride} = axis;
  if (size * stride <= insideStride) return [axis];
  if (stride >= insideStride || insideStride % stride !== 0 || (size * stride) % insideStride !== 0) {
    return [{size, stride: stride * layout.pipeline}];
  }
  const inside = insideStride / stride;
  return joinAxes([
    {size: inside, stride},
    {size: size / inside, stride: insideStride * layout.pipeline},
  ]);
}
