import type {Cluster} from '../../cluster/cluster.js';
import {type StepParts, stepPartNames} from '../../cost/step.js';
import type {Layout} from '../../layout/layout.js';
import {groupFor} from '../../layout/placement.js';
import type {GroupKind} from '../../layout/rank-axes.js';
import type {EvaluatedPlan} from './evaluated-plan.js';
import {meetsLimits, overruns} from './goal.js';

/** Why something is not the answer. */
export interface WhyLost {
  /** Its step over the winner's, less 1, per token and device: what makes it dearer, not larger. */
  readonly slower: number;
  /** Limits that it exceeds where the winner keeps them. */
  readonly misses: readonly ('deadline' | 'budget')[];
  /** Its devices over the winner's; 1 where both have as many. */
  readonly devices: number;
  /** The price of its device over the winner's; null where either has none. */
  readonly price: number | null;
  /** The part of the step that grew most; null where none did. */
  readonly part: SlowerPart | null;
}

export interface SlowerPart {
  readonly name: keyof StepParts;
  /** In steps of the winner, so that parts of different batches and clusters compare. */
  readonly extraSeconds: number;
  /** Growth over the winner's part; Infinity if the winner has none. */
  readonly growth: number;
  readonly cause: Cause | null;
}

/** What makes a part of a step long. */
export type Cause =
  | {
      readonly kind: 'leaves-node';
      readonly group: 'tensor' | 'context' | 'expert';
      readonly ranks: number;
      readonly nodeDevices: number;
    }
  | {
      readonly kind: 'more-ranks';
      readonly group: 'tensor' | 'context' | 'expert';
      readonly ranks: number;
      readonly winner: number;
    }
  | {
      readonly kind: 'few-microbatches';
      readonly microbatches: number;
      readonly pipeline: number;
      readonly virtualStages: number;
    }
  | {readonly kind: 'uneven-stages'; readonly layers: number; readonly stages: number}
  | {readonly kind: 'small-kernels'; readonly tensor: number; readonly microBatch: number}
  | {readonly kind: 'saves-memory'; readonly choice: 'recompute' | 'offload'}
  | {readonly kind: 'more-parameters'; readonly times: number}
  | {readonly kind: 'sharded'; readonly sharding: Layout['sharding']}
  | {readonly kind: 'many-stages'; readonly stages: number};

/** Compares a runner-up with the winner, part by part of the step. */
export function whyLost(winner: EvaluatedPlan, loser: EvaluatedPlan): WhyLost {
  const {goal} = winner.variant.plan;
  const over = overruns(goal, loser.figures);
  const misses = meetsLimits(goal, winner.figures)
    ? (['deadline', 'budget'] as const).filter(limit => over[limit] > 0)
    : [];
  const scale = workShare(winner) / workShare(loser);
  const {seconds} = winner.candidate.estimate;
  return {
    slower: (loser.candidate.estimate.seconds * scale) / seconds - 1,
    misses,
    devices: loser.variant.plan.cluster.numDevices / winner.variant.plan.cluster.numDevices,
    price: priceRatio(winner, loser),
    part: slowerPart(winner, loser, scale),
  };
}

/** Tokens of a step for each device. */
function workShare({variant: {plan}}: EvaluatedPlan): number {
  const {training, cluster} = plan;
  return (training.globalBatch * training.sequenceLength) / cluster.numDevices;
}

function priceRatio(winner: EvaluatedPlan, loser: EvaluatedPlan): number | null {
  const price = ({variant: {plan}}: EvaluatedPlan) =>
    plan.operation.spot?.price ?? plan.cluster.accelerator.price;
  const [won, lost] = [price(winner), price(loser)];
  return won === null || lost === null || won === 0 ? null : lost / won;
}

function slowerPart(winner: EvaluatedPlan, loser: EvaluatedPlan, scale: number): SlowerPart | null {
  const [won, lost] = [winner.candidate.estimate.parts, loser.candidate.estimate.parts];
  let name: keyof StepParts | null = null;
  let extraSeconds = 0;
  for (const part of stepPartNames) {
    const extra = lost[part] * scale - won[part];
    if (extra > extraSeconds) [name, extraSeconds] = [part, extra];
  }
  if (name === null) return null;
  const growth = won[name] === 0 ? Infinity : extraSeconds / won[name];
  return {name, extraSeconds, growth, cause: causeOf(name, winner, loser)};
}

function causeOf(part: keyof StepParts, winner: EvaluatedPlan, loser: EvaluatedPlan): Cause | null {
  const {layout, estimate} = loser.candidate;
  const {cluster, model} = loser.variant.plan;
  const other = winner.candidate.layout;
  switch (part) {
    case 'tensorCommunication':
      return groupCause('tensor', cluster, layout, other);
    case 'contextCommunication':
      return groupCause('context', cluster, layout, other);
    case 'expertCommunication':
      return groupCause('expert', cluster, layout, other);
    case 'pipelineBubble': {
      const {pipeline, virtualStages} = layout;
      const stages = pipeline * virtualStages;
      const bubble = (pipeline - 1) / (virtualStages * estimate.numMicrobatches);
      // Where fill and drain are short, the wait is for a fuller stage.
      if (model.numLayers % stages !== 0 && bubble < 1 / stages) {
        return {kind: 'uneven-stages', layers: model.numLayers, stages};
      }
      return {kind: 'few-microbatches', microbatches: estimate.numMicrobatches, pipeline, virtualStages};
    }
    case 'pipelineCommunication':
      return {kind: 'many-stages', stages: layout.pipeline * layout.virtualStages};
    case 'forward':
    case 'backward':
    case 'launch':
      return computeCause(layout, other, model.numLayers);
    case 'recompute':
      return {kind: 'saves-memory', choice: 'recompute'};
    case 'offload':
      return {kind: 'saves-memory', choice: 'offload'};
    case 'parameterGather':
    case 'gradientReduction':
    case 'optimizer': {
      const times = (other.tensor * other.pipeline) / (layout.tensor * layout.pipeline);
      if (times > 1) return {kind: 'more-parameters', times};
      return layout.sharding !== other.sharding && layout.sharding !== 'none'
        ? {kind: 'sharded', sharding: layout.sharding}
        : null;
    }
    case 'stepOverhead':
      return null;
  }
}

function computeCause(layout: Layout, other: Layout, layers: number): Cause | null {
  const {tensor, microBatch, pipeline, virtualStages} = layout;
  if (tensor > other.tensor || microBatch < other.microBatch) {
    return {kind: 'small-kernels', tensor, microBatch};
  }
  const stages = pipeline * virtualStages;
  return layers % stages === 0 ? null : {kind: 'uneven-stages', layers, stages};
}

function groupCause(
  group: 'tensor' | 'context' | 'expert',
  cluster: Cluster,
  layout: Layout,
  other: Layout,
): Cause | null {
  const ranks = layout[group];
  if (leavesNode(group, cluster, layout)) {
    return {kind: 'leaves-node', group, ranks, nodeDevices: cluster.devicesPerNode};
  }
  return ranks > other[group] ? {kind: 'more-ranks', group, ranks, winner: other[group]} : null;
}

function leavesNode(kind: GroupKind, cluster: Cluster, layout: Layout): boolean {
  const node = cluster.topology.findIndex(({name}) => name === 'node');
  const {size, membersPerUnit} = groupFor(cluster, layout, kind);
  return size > (membersPerUnit[node] ?? size);
}
