import {modelChunks} from '../../cost/workload/model-chunk.js';
import type {Plan} from '../../plan/plan.js';

/** Names of the modules of each stage in model order, as JSON, which is also Python and TOML. */
export function stageModules({model, cluster}: Plan, numStages: number): string {
  let layer = 0;
  const stages = modelChunks(model, numStages, cluster.software.stageBalance).map(chunk => {
    const count = chunk.layers.reduce((sum, kind) => sum + kind.count, 0);
    const layers = Array.from({length: count}, () => `layers.${layer++}`);
    return [
      ...(chunk.hasEmbedding ? ['tok_embeddings'] : []),
      ...layers,
      ...(chunk.hasHead ? ['norm', 'output'] : []),
    ];
  });
  return JSON.stringify(stages);
}
