import type {Group} from '../cluster/group.js';
import type {LayerGroups} from './communication.js';

/** Groups that the layers of one layout communicate in. */
export interface StageGroups extends LayerGroups {
  readonly data: Group;
  readonly shard: Group;
  readonly replica: Group;
  readonly expertData: Group;
  readonly pipeline: Group;
}
