import {savedByLayers} from '../cost/memory/stage-activations.js';
import type {LayoutCosts} from './layout-costs.js';
import {busiestClass} from './passes.js';
import type {PipelineShape} from './schedules/pipeline-shape.js';
import type {ChunkTimes} from './simulation/chunk-times.js';
import {forwardBackwardOverlap, sendOverlap} from './step-parts.js';

/** What a simulation by events takes. */
export interface PipelineChunks {
  readonly shape: PipelineShape;
  readonly times: ChunkTimes;
}

/** Times and activations of every chunk of the model in order. */
export function pipelineChunks(context: LayoutCosts): PipelineChunks {
  const {layout, stages, passes, layers, cluster} = context;
  const each = (value: (kind: number) => number) => stages.chunks.map(value);
  const saved = stages.chunkKinds.map(chunk => savedByLayers(layers, [chunk], layout.recompute));
  return {
    shape: {
      stages: layout.pipeline,
      virtualStages: layout.virtualStages,
      microbatches: context.numMicrobatches,
    },
    times: {
      forwardSeconds: each(kind => passes.chunks[kind]?.forward ?? 0),
      backwardInputSeconds: each(kind => passes.chunks[kind]?.backwardInput ?? 0),
      backwardWeightSeconds: each(kind => passes.chunks[kind]?.backwardWeight ?? 0),
      sendSeconds: stages.chunks.slice(1).map(() => context.boundarySeconds),
      sendOverlap: sendOverlap(cluster.software, layout),
      forwardBackwardOverlap: forwardBackwardOverlap(busiestClass(passes.classes)),
      activationBytes: each(kind => saved[kind] ?? 0),
      // Gradients of weights need the inputs of all products: nothing is released before them.
      weightGradientBytes: each(kind => saved[kind] ?? 0),
    },
  };
}
