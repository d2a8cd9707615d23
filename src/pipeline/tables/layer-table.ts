import type {Cluster} from '../../cluster/cluster.js';
import type {Chunk} from '../../cost/chunk.js';
import type {LayerGroups} from '../../cost/communication.js';
import type {Device} from '../../cost/kernels/device.js';
import {type PieceCosts, pieceCosts} from '../../cost/pieces.js';
import {type ShardLayout, shardOf} from '../../cost/shard-of.js';
import type {Training} from '../../layout/training.js';
import type {ModelOperators} from '../../model/layer-operators.js';
import type {Transformer} from '../../model/transformer.js';
import {type ChunkTable, chunkTable} from './chunk-table.js';
import {chunkSeconds, type LayerSeconds, layerSeconds, type PartSeconds} from './layer-seconds.js';
import {memo} from './memo.js';

/** Degrees that layers are split by. */
export type LayerDegrees = Pick<ShardLayout, 'tensor' | 'context' | 'expert' | 'expertTensor'>;

/** How layers run on the ranks of some degrees. */
export type LayerSettings = Omit<ShardLayout, keyof LayerDegrees | 'microBatch'>;

/** Costs of one micro-batch in layers that run in one way. */
export interface LayerEntry {
  readonly pieces: PieceCosts;
  readonly chunks: ChunkTable;
  /** Each kind of layer, embedding and head by themselves. */
  seconds(): LayerSeconds;
  /** The whole model on devices that hold all of it. However it is cut into stages, theirs add up to no less. */
  whole(): PartSeconds;
}

/** Layers that run in one way, by micro-batch. */
export type LayerTable = (microBatch: number) => LayerEntry;

/** What layers are costed for. */
export interface LayerSubject {
  readonly model: Transformer;
  readonly cluster: Cluster;
  readonly training: Training;
  readonly device: Device;
  readonly operators: ModelOperators;
  /** The model in one chunk. */
  readonly uncut: Chunk;
}

/** Costs of layers by micro-batch. */
export function layerTable(
  {model, cluster, training, device, operators, uncut}: LayerSubject,
  groups: LayerGroups,
  degrees: LayerDegrees,
  settings: LayerSettings,
): LayerTable {
  const entries = new Map<number, LayerEntry>();
  const entryFor = (microBatch: number): LayerEntry => {
    const shard = shardOf(cluster, model, training, {...degrees, ...settings, microBatch});
    const pieces = pieceCosts(device, model, operators, groups, shard);
    let seconds: LayerSeconds | null = null;
    let whole: PartSeconds | null = null;
    return {
      pieces,
      chunks: chunkTable(cluster, pieces),
      seconds() {
        seconds ??= layerSeconds(cluster, pieces, uncut);
        return seconds;
      },
      whole() {
        whole ??= chunkSeconds(cluster, pieces, uncut);
        return whole;
      },
    };
  };
  return microBatch => memo(entries, microBatch, () => entryFor(microBatch));
}
