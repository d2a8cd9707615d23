import {type ModelChunk, modelChunks} from '../../cost/workload/model-chunk.js';
import {type ConfigFragment, fragment} from '../config-fragment.js';
import type {PlannedRun} from '../export-target.js';

/** Assignment of layers to stages, and the schedule, which follows from the virtual stages. */
export function stageFlags({plan, layout}: PlannedRun): ConfigFragment {
  const {pipeline, virtualStages} = layout;
  if (pipeline === 1) return fragment([]);
  const chunks = modelChunks(plan.model, pipeline * virtualStages, plan.cluster.software.stageBalance);
  const even = chunks.every(chunk => numLayers(chunk) === numLayers(chunks[0] as ModelChunk));
  const plain = even && plan.model.multiTokenPrediction === 0;
  if (!plain) {
    return fragment([
      ['--pipeline-model-parallel-layout', stageLayout(chunks, plan.model.multiTokenPrediction)],
    ]);
  }
  return fragment(virtualStages > 1 ? [['--num-virtual-stages-per-pipeline-rank', virtualStages]] : []);
}

function numLayers({layers}: ModelChunk): number {
  return layers.reduce((sum, {count}) => sum + count, 0);
}

/**
 * What each stage holds, in model order: E embedding, t a layer, m a prediction layer, L loss.
 * Megatron-LM, docs/user-guide/features/custom_pipeline_model_parallel_layout.md.
 */
function stageLayout(chunks: readonly ModelChunk[], predictionLayers: number): string {
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
