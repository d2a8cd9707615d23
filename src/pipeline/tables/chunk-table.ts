import type {Cluster} from '../../cluster/cluster.js';
import type {LayerCosts} from '../../cost/layers/layer-costs.js';
import {type ChunkCosts, chunkCosts, type PassTimes, passTimes} from '../../cost/layers/pass-times.js';
import type {Recompute} from '../../layout/layout.js';
import {type LayoutPasses, stagePasses} from '../passes.js';
import type {StageAssignment} from '../stages/stage-classes.js';
import {memo} from './memo.js';

/** One micro-batch through the chunks that a model may be cut into. */
export interface ChunkTable {
  passes(stages: StageAssignment, recompute: Recompute): LayoutPasses;
}

/** Chunks of one way to run layers; each kind of chunk is timed once for all cuts and schedules. */
export function chunkTable(cluster: Cluster, layers: LayerCosts): ChunkTable {
  // Only of the last cut: caching those of all exceeds the memory budget of the search.
  let cut: {readonly stages: StageAssignment; readonly costs: readonly ChunkCosts[]} | null = null;
  const known = new Map<string, PassTimes>();
  const costsOf = (stages: StageAssignment): readonly ChunkCosts[] => {
    if (cut?.stages !== stages) {
      cut = {stages, costs: stages.chunkKinds.map(chunk => chunkCosts(layers, chunk))};
    }
    return cut.costs;
  };
  const timesOf = (stages: StageAssignment, kind: number, recompute: Recompute): PassTimes => {
    const time = () => passTimes(cluster, costsOf(stages)[kind] as ChunkCosts, recompute);
    if (typeof recompute === 'object') return time();
    const chunk = stages.chunkKeys[kind] as string;
    return memo(known, recompute === 'none' ? chunk : recompute + chunk, time);
  };
  return {
    passes: (stages, recompute) =>
      stagePasses(
        stages.chunkKinds.map((_, kind) => timesOf(stages, kind, recompute)),
        stages,
      ),
  };
}
