import type {Group} from '../../cluster/group.js';

/** Groups that a layer communicates in. */
export interface LayerGroups {
  readonly tensor: Group;
  readonly context: Group;
  readonly expert: Group;
}

/** Groups over which states are replicated or sharded. */
export interface DataGroups {
  readonly data: Group;
  readonly shard: Group;
  readonly replica: Group;
  readonly expertData: Group;
}

/** Groups that a stage of a layout communicates in. */
export interface StageGroups extends LayerGroups, DataGroups {
  readonly pipeline: Group;
}
