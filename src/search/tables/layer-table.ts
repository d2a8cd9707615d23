import type {Cluster} from '../../cluster/cluster.js';
import {chunkCosts} from '../../cost/chunk-times.js';
import type {LayerGroups} from '../../cost/communication.js';
import type {Device} from '../../cost/kernels/device.js';
import {type PieceCosts, pieceCosts} from '../../cost/pieces.js';
import {shardOf} from '../../cost/shard-of.js';
import type {Training} from '../../layout/training.js';
import type {ModelOperators} from '../../model/model-operators.js';
import type {Transformer} from '../../model/transformer.js';
import {layoutPasses} from '../../pipeline/passes.js';
import type {StagePlan} from '../../pipeline/stage-classes.js';
import type {Mesh} from '../space/mesh.js';
import type {LayerChoice} from '../space/mesh-space.js';

/** What one micro-batch costs in the layers of a mesh. */
export interface LayerEntry {
  readonly pieces: PieceCosts;
  /**
   * The whole model without recomputation, on devices that hold all of it, seconds; without all-to-alls,
   * which paired passes may hide. However the model is cut into stages, theirs add up to no less.
   */
  readonly wholeSeconds: number;
}

/** Layers of one mesh that run in one way. */
export interface LayerTable {
  of(microBatch: number): LayerEntry;
  /** Seconds of the whole model for one sequence below which no micro-batch that divides `sequences` comes. */
  leastSeconds(sequences: number): number;
}

/** What layers are costed for. */
export interface LayerSubject {
  readonly model: Transformer;
  readonly cluster: Cluster;
  readonly training: Training;
  readonly device: Device;
  readonly operators: ModelOperators;
  /** The model in one piece. */
  readonly uncut: StagePlan;
}

/** Costs of layers by micro-batch. */
export function layerTable(
  subject: LayerSubject,
  groups: LayerGroups,
  mesh: Mesh,
  choice: LayerChoice,
): LayerTable {
  const {model, cluster, training, device, operators, uncut} = subject;
  const entries = new Map<number, LayerEntry>();
  const of = (microBatch: number): LayerEntry => {
    let entry = entries.get(microBatch);
    if (entry === undefined) {
      const shard = shardOf(cluster, model, training, {...mesh, ...choice, microBatch});
      const pieces = pieceCosts(device, model, operators, groups, shard);
      entry = {pieces, wholeSeconds: wholeSeconds(cluster, pieces, uncut)};
      entries.set(microBatch, entry);
    }
    return entry;
  };
  return {
    of,
    /**
     * Larger micro-batches fill waves of tiles, links and launches better: k times the work never takes
     * more than k times as long. So the largest bounds all that divide it.
     */
    leastSeconds: sequences => of(sequences).wholeSeconds / sequences,
  };
}

function wholeSeconds(cluster: Cluster, pieces: PieceCosts, uncut: StagePlan): number {
  const costs = uncut.chunkKinds.map(chunk => chunkCosts(pieces, chunk));
  const [whole] = layoutPasses(cluster, costs, uncut, 'none').classes;
  if (whole === undefined) throw new Error('a model without a pipeline is one stage');
  const {times, seconds} = whole;
  return seconds - times.expertForward - times.expertBackward;
}
