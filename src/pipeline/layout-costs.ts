import type {Cluster} from '../cluster/cluster.js';
import type {LayerCosts} from '../cost/layers/layer-costs.js';
import type {StageActivations} from '../cost/memory/stage-activations.js';
import {type StageStates, stageStates} from '../cost/memory/stage-memory.js';
import type {StageGroups} from '../cost/workload/groups.js';
import {numMicrobatches} from '../layout/constraints.js';
import type {Layout} from '../layout/layout.js';
import {boundarySeconds, groupsFor, tiedEmbeddingSeconds} from './layout-groups.js';
import type {LayoutPasses} from './passes.js';
import {microbatchesInTurn} from './schedules/microbatch-groups.js';
import {activationsByClass, fixedActivationsByClass} from './stages/stage-activations.js';
import type {StageAssignment} from './stages/stage-classes.js';
import {type StageUpdate, stageUpdate} from './stages/stage-update.js';
import type {StepTables} from './tables/step-tables.js';

/** A layout with all that its estimate is put together from. */
export interface LayoutCosts {
  readonly cluster: Cluster;
  readonly layout: Layout;
  readonly groups: StageGroups;
  readonly layers: LayerCosts;
  readonly stages: StageAssignment;
  readonly passes: LayoutPasses;
  /** For each class of stages, as are states and updates. */
  readonly activations: readonly StageActivations[];
  readonly states: readonly StageStates[];
  readonly updates: readonly StageUpdate[];
  /** One message between stages. */
  readonly boundarySeconds: number;
  /** Sum of the gradients of a tied embedding. */
  readonly tiedSeconds: number;
  readonly numMicrobatches: number;
  /** Micro-batches whose backward passes through a chunk follow each other. */
  readonly microbatchesInTurn: number;
}

/** Costs of one layout; what it shares with others is read from the tables. */
export function layoutCosts(tables: StepTables, layout: Layout): LayoutCosts {
  const {model, cluster, training, device} = tables;
  const {software} = cluster;
  const {pipeline, virtualStages, schedule, recompute} = layout;
  const groups = groupsFor((of, kind) => tables.group(of, kind, of.shardingGroup), layout);
  const stages = tables.stages(layout);
  const {costs: layers, chunks} = tables.layer(layout, layout)(layout.microBatch);
  const parameters = tables.parameters(layout, {pipeline, virtualStages, schedule, stages});
  const fixed = fixedActivationsByClass(layers, stages, pipeline);
  const microbatches = numMicrobatches(layout, training);
  const work = {cluster, training, device, layout, groups};
  return {
    cluster,
    layout,
    groups,
    layers,
    stages,
    passes: chunks.passes(stages, recompute),
    activations: activationsByClass(layers, stages, recompute, fixed),
    states: parameters.map(held => stageStates(work, held)),
    updates: parameters.map(held => stageUpdate(work, held)),
    boundarySeconds: boundarySeconds(layers.rank, groups.pipeline, software),
    tiedSeconds: tiedEmbeddingSeconds(cluster, model, layout, groups.pipeline),
    numMicrobatches: microbatches,
    microbatchesInTurn: microbatchesInTurn(layout, microbatches),
  };
}
