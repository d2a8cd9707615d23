import {savedByLayers} from '../cost/memory/stage-activations.js';
import type {LayoutCosts} from './layout-costs.js';
import {busiestClass} from './passes.js';
import type {PipelineShape} from './schedules/pipeline-shape.js';
import type {SliceTimes} from './simulation/slice-times.js';
import {forwardBackwardOverlap} from './step-parts.js';

/** What a simulation by events takes. */
export interface PipelineSlices {
  readonly shape: PipelineShape;
  readonly times: SliceTimes;
}

/** Times and activations of every slice of the model in order. */
export function pipelineSlices(context: LayoutCosts): PipelineSlices {
  const {layout, stages, passes, layers, cluster} = context;
  const each = (value: (kind: number) => number) => stages.slices.map(value);
  const saved = stages.chunkKinds.map(chunk => savedByLayers(layers, [chunk], layout.recompute));
  return {
    shape: {
      stages: layout.pipeline,
      virtualStages: layout.virtualStages,
      microbatches: context.numMicrobatches,
    },
    times: {
      forwardSeconds: each(kind => passes.slices[kind]?.forward ?? 0),
      backwardInputSeconds: each(kind => passes.slices[kind]?.backwardInput ?? 0),
      backwardWeightSeconds: each(kind => passes.slices[kind]?.backwardWeight ?? 0),
      sendSeconds: stages.slices.slice(1).map(() => context.boundarySeconds),
      sendOverlap: cluster.software.overlap.pipeline,
      forwardBackwardOverlap: forwardBackwardOverlap(busiestClass(passes.classes)),
      activationBytes: each(kind => saved[kind] ?? 0),
      // Gradients of weights need the inputs of all products: nothing is released before them.
      weightGradientBytes: each(kind => saved[kind] ?? 0),
    },
  };
}
