import type {Cluster} from '../../cluster/cluster.js';
import type {Device} from '../../cost/kernels/device.js';
import {type LayerCosts, layerCosts} from '../../cost/layers/layer-costs.js';
import type {LayerGroups} from '../../cost/workload/groups.js';
import type {ModelChunk} from '../../cost/workload/model-chunk.js';
import {rankWorkload, type WorkloadLayout} from '../../cost/workload/rank-workload.js';
import type {ModelOperators} from '../../model/layer-operators.js';
import type {Transformer} from '../../model/transformer.js';
import type {Training} from '../../plan/training.js';
import {type ChunkTable, chunkTable} from './chunk-table.js';
import {chunkSeconds, type LayerSeconds, layerSeconds, type PartSeconds} from './layer-seconds.js';
import {memo} from './memo.js';

/** Degrees that layers are split by. */
export type LayerDegrees = Pick<WorkloadLayout, 'tensor' | 'context' | 'expert' | 'expertTensor'>;

/** How layers run on the ranks of some degrees. */
export type LayerSettings = Omit<WorkloadLayout, keyof LayerDegrees | 'microBatch'>;

/** Costs of one micro-batch in layers that run in one way. */
export interface LayerEntry {
  readonly costs: LayerCosts;
  readonly chunks: ChunkTable;
  /** Each kind of layer, embedding and head by themselves. */
  seconds(): LayerSeconds;
  /** The whole model on devices that hold all of it. However it is cut into stages, theirs add up to no less. */
  uncutSeconds(): PartSeconds;
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
  readonly uncut: ModelChunk;
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
    const workload = rankWorkload(cluster, model, training, {...degrees, ...settings, microBatch});
    const costs = layerCosts({device, model, groups, workload}, operators);
    let seconds: LayerSeconds | null = null;
    let uncutSeconds: PartSeconds | null = null;
    return {
      costs,
      chunks: chunkTable(cluster, costs),
      seconds() {
        seconds ??= layerSeconds(cluster, costs, uncut);
        return seconds;
      },
      uncutSeconds() {
        uncutSeconds ??= chunkSeconds(cluster, costs, uncut);
        return uncutSeconds;
      },
    };
  };
  return microBatch => memo(entries, microBatch, () => entryFor(microBatch));
}
