import {type Chunk, chunksOf} from '../../cost/chunk.js';
import type {PlannedRun} from '../export-target.js';
import {join, type Part, part, refuse} from '../part.js';

/** Schedules that Megatron-LM runs. */
const known = ['1f1b', 'interleaved'];

/** How layers lie on stages, and the schedule, which follows from the virtual stages. */
export function stageFlags({plan, layout}: PlannedRun): Part {
  const {pipeline, virtualStages, schedule} = layout;
  if (pipeline === 1) return part([]);
  const chunks = chunksOf(plan.model, pipeline * virtualStages, plan.cluster.software.stageBalance);
  const even = chunks.every(chunk => numLayers(chunk) === numLayers(chunks[0] as Chunk));
  const plain = even && plan.model.multiTokenPrediction === 0;
  return join([
    ...(known.includes(schedule)
      ? []
      : [
          refuse(
            'layout.schedule',
            `Megatron-LM has no schedule ${schedule}`,
            'set layout.schedule to 1f1b or interleaved and plan again',
          ),
        ]),
    part(
      plain
        ? virtualStages > 1
          ? [['--num-virtual-stages-per-pipeline-rank', virtualStages]]
          : []
        : [['--pipeline-model-parallel-layout', stageLayout(chunks, plan.model.multiTokenPrediction)]],
    ),
  ]);
}

function numLayers({layers}: Chunk): number {
  return layers.reduce((sum, {count}) => sum + count, 0);
}

/**
 * What each stage holds, in model order: E embedding, t a layer, m a prediction layer, L loss.
 * Megatron-LM, docs/user-guide/features/custom_pipeline_model_parallel_layout.md.
 */
function stageLayout(chunks: readonly Chunk[], predictionLayers: number): string {
  return chunks
    .map(chunk => {
      const layers = numLayers(chunk);
      return [
        chunk.hasEmbedding ? 'E' : '',
        layers > 1 ? `t*${layers}` : 't'.repeat(layers),
        ...(chunk.hasHead ? ['m'.repeat(predictionLayers), 'L'] : []),
      ]
        .filter(item => item !== '')
        .join(',');
    })
    .join('|');
}
