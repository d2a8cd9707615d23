import type {Transformer} from '../../model/transformer.js';
import type {KernelContext} from '../kernels/device.js';
import type {LayerGroups} from '../workload/groups.js';

/** One rank that runs layers of a model: its device, its share of a micro-batch and the groups it is in. */
export interface RankContext extends KernelContext {
  readonly model: Transformer;
  readonly groups: LayerGroups;
}
