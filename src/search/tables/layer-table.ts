import type {Cluster} from '../../cluster/cluster.js';
import type {Chunk} from '../../cost/chunk.js';
import type {LayerGroups} from '../../cost/communication.js';
import type {Device} from '../../cost/kernels/device.js';
import {type PieceCosts, pieceCosts} from '../../cost/pieces.js';
import {shardOf} from '../../cost/shard-of.js';
import type {Training} from '../../layout/training.js';
import type {ModelOperators} from '../../model/layer-operators.js';
import type {Transformer} from '../../model/transformer.js';
import type {Mesh} from '../space/mesh.js';
import type {LayerChoice} from '../space/mesh-space.js';
import {type ChunkTable, chunkTable} from './chunk-table.js';
import {chunkSeconds, type LayerSeconds, layerSeconds, type PartSeconds} from './layer-seconds.js';

/** What one micro-batch costs in the layers of a mesh. */
export interface LayerEntry {
  readonly pieces: PieceCosts;
  readonly chunks: ChunkTable;
  readonly seconds: LayerSeconds;
  /** The whole model on devices that hold all of it. However it is cut into stages, theirs add up to no less. */
  readonly whole: () => PartSeconds;
}

/** Layers of one mesh that run in one way, by micro-batch. */
export type LayerTable = (microBatch: number) => LayerEntry;

/** What layers are costed for. */
export interface LayerSubject {
  readonly model: Transformer;
  readonly cluster: Cluster;
  readonly training: Training;
  readonly device: Device;
  readonly operators: ModelOperators;
  /** The model in one piece. */
  readonly uncut: Chunk;
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
  return microBatch => {
    let entry = entries.get(microBatch);
    if (entry === undefined) {
      const shard = shardOf(cluster, model, training, {...mesh, ...choice, microBatch});
      const pieces = pieceCosts(device, model, operators, groups, shard);
      const chunks = chunkTable(cluster, pieces);
      const seconds = layerSeconds(cluster, pieces, uncut);
      let known: PartSeconds | null = null;
      const whole = () => {
        known ??= chunkSeconds(cluster, pieces, uncut);
        return known;
      };
      entry = {pieces, chunks, seconds, whole};
      entries.set(microBatch, entry);
    }
    return entry;
  };
}
