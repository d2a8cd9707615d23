import type {Cluster} from '../cluster/cluster.js';
import {deviceFor} from '../cost/kernels/device.js';
import type {MemoryEstimate} from '../cost/memory/memory.js';
import {stageStates} from '../cost/memory/stage-memory.js';
import {pieceCosts} from '../cost/pieces.js';
import {shardOf} from '../cost/shard-of.js';
import {deviceParameters} from '../cost/stage-parameters.js';
import {type StepParts, stepSeconds} from '../cost/step.js';
import {numMicrobatches} from '../layout/constraints.js';
import type {Layout} from '../layout/layout.js';
import {groupPlacer} from '../layout/placement.js';
import type {Training} from '../layout/training.js';
import {modelOperators} from '../model/layer-operators.js';
import type {Transformer} from '../model/transformer.js';
import type {Seconds} from '../units/quantities.js';
import {beyondMeasured} from './beyond-measured.js';
import {activationsOfStages, chunkWork} from './chunk-work.js';
import type {StepEstimate} from './estimate.js';
import type {EstimateContext} from './estimate-context.js';
import {boundarySeconds, groupsFor, tiedEmbeddingSeconds} from './layout-groups.js';
import {memoryOf} from './layout-memory.js';
import {busiestClass, type LayoutPasses, layoutPasses} from './passes.js';
import {type PipelineSlices, pipelineSlices} from './pipeline-slices.js';
import {remembered} from './remembered.js';
import {microbatchesInTurn} from './schedules/microbatch-groups.js';
import {stagePlan} from './stage-classes.js';
import {stageUpdate} from './stage-update.js';
import {passParts, stepParts} from './step-parts.js';

/**
 * Estimates many layouts of one model on one cluster: what layouts share is worked out once.
 * Memory comes first, since it is cheap and rules most layouts out.
 */
export interface Estimator {
  memory(layout: Layout): MemoryEstimate;
  /** A time that the step cannot be under, at little cost: the busiest stage, and nothing else. */
  boundSeconds(layout: Layout): Seconds;
  parts(layout: Layout): StepParts;
  step(layout: Layout): StepEstimate;
  /** The passes of a step, for a simulation by events. */
  slices(layout: Layout): PipelineSlices;
}

const placing = ['tensor', 'context', 'expert', 'expertTensor', 'rankOrder'] as const;

const degrees = [...placing, 'data', 'pipeline', 'shardingGroup'] as const;

const slicing = ['pipeline', 'virtualStages', 'schedule'] as const;

const inLayer = [
  ...placing,
  'sequenceParallel',
  'microBatch',
  'asyncTensor',
  'contextExchange',
  'causalBalancing',
] as const;

/** @returns null where the cluster's device has no mode for the precision of the training */
export function makeEstimator(model: Transformer, cluster: Cluster, training: Training): Estimator | null {
  const device = deviceFor(cluster, training.precision);
  if (device === null) return null;
  const {software} = cluster;
  const operators = modelOperators(model);
  const place = groupPlacer(cluster);
  const groupsOf = remembered(degrees, layout => groupsFor(place, layout));
  const piecesOf = rememberedInLayer([], layout =>
    pieceCosts(device, model, operators, groupsOf(layout), shardOf(cluster, model, training, layout)),
  );
  const stagesOf = remembered(slicing, layout => stagePlan(model, layout, software.stageBalance));
  const parametersOf = remembered([...slicing, 'tensor', 'expert', 'expertTensor'], layout =>
    stagesOf(layout).classes.map(({chunks}) => deviceParameters(model, chunks, layout, software)),
  );
  const chunksOf = rememberedInLayer([...slicing], layout =>
    chunkWork(device, model, layout, piecesOf(layout), stagesOf(layout)),
  );
  const passesOf = rememberedInLayer([...slicing, 'recompute'], layout =>
    layoutPasses(cluster, chunksOf(layout).costs, stagesOf(layout), layout.recompute),
  );
  const activationsOf = rememberedInLayer([...slicing, 'recompute'], layout =>
    activationsOfStages(
      device,
      model,
      layout.recompute,
      piecesOf(layout),
      stagesOf(layout),
      chunksOf(layout),
    ),
  );
  const boundaryOf = remembered([...inLayer, ...degrees], layout =>
    boundarySeconds(device, model, groupsOf(layout).pipeline, piecesOf(layout), software),
  );
  const tiedOf = remembered(degrees, layout =>
    tiedEmbeddingSeconds(cluster, model, layout, groupsOf(layout).pipeline),
  );
  const statesOf = remembered([...degrees, ...slicing, 'sharding', 'offload'], layout =>
    parametersOf(layout).map(held =>
      stageStates({cluster, training, layout, groups: groupsOf(layout)}, held),
    ),
  );
  const updatesOf = remembered([...degrees, ...slicing, 'sharding', 'offload'], layout =>
    parametersOf(layout).map(held =>
      stageUpdate({cluster, training, device, layout, groups: groupsOf(layout)}, held),
    ),
  );
  const contextOf = (layout: Layout): EstimateContext => ({
    layout,
    stages: stagesOf(layout),
    states: statesOf(layout),
    activations: activationsOf(layout),
    numMicrobatches: numMicrobatches(layout, training),
    microbatchesInTurn: microbatchesInTurn(layout, numMicrobatches(layout, training)),
    model,
    cluster,
    training,
    device,
    groups: groupsOf(layout),
    pieces: piecesOf(layout),
    passes: passesOf(layout),
    updates: updatesOf(layout),
    boundarySeconds: boundaryOf(layout),
    tiedSeconds: tiedOf(layout),
  });
  const partsOf = (context: EstimateContext) => stepParts(context, passParts(software, context));
  return {
    memory: layout => memoryOf(contextOf(layout)),
    boundSeconds: layout => boundSeconds(layout, numMicrobatches(layout, training), passesOf(layout)),
    parts: layout => partsOf(contextOf(layout)),
    slices: layout => pipelineSlices(contextOf(layout)),
    step: layout => {
      const context = contextOf(layout);
      const parts = partsOf(context);
      return {
        seconds: stepSeconds(parts),
        parts,
        memory: memoryOf(context),
        numMicrobatches: context.numMicrobatches,
        slowestStage: slowestStage(context),
        beyond: beyondMeasured(context),
      };
    },
  };
}

/**
 * Remembers what lies inside the layers of one stage. Where tensor, context and expert ranks are numbered
 * fastest, as they usually are, their groups lie the same whatever the data and pipeline degrees.
 */
function rememberedInLayer<Value>(
  further: readonly (keyof Layout)[],
  compute: (layout: Layout) => Value,
): (layout: Layout) => Value {
  const near = remembered([...inLayer, ...further], compute);
  const far = remembered([...inLayer, ...degrees, ...further], compute);
  return layout => (isInnermost(layout.rankOrder) ? near(layout) : far(layout));
}

function isInnermost(order: Layout['rankOrder']): boolean {
  return order.indexOf('data') >= 3 && order.indexOf('pipeline') >= 3;
}

function slowestStage({stages, passes}: EstimateContext): number {
  const busiest = passes.classes.indexOf(busiestClass(passes.classes));
  return stages.classes[busiest]?.stages[0] ?? 0;
}

/** Every stage is busy with all micro-batches; only paired passes hide their all-to-alls. */
function boundSeconds(layout: Layout, microbatches: number, passes: LayoutPasses): Seconds {
  const {times, seconds} = busiestClass(passes.classes);
  const hidden = layout.schedule === 'dualpipe' ? times.expertForward + times.expertBackward : 0;
  return (microbatches * (seconds - hidden)) as Seconds;
}
