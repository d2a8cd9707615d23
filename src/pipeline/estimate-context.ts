import type {Cluster} from '../cluster/cluster.js';
import type {Device} from '../cost/kernels/device.js';
import type {StageActivations} from '../cost/memory/stage-memory.js';
import type {PieceCosts} from '../cost/pieces.js';
import type {StageGroups} from '../cost/stage-groups.js';
import type {DeviceParameters} from '../cost/stage-parameters.js';
import type {Layout} from '../layout/layout.js';
import type {Training} from '../layout/training.js';
import type {Transformer} from '../model/transformer.js';
import type {LayoutPasses} from './passes.js';
import type {StagePlan} from './stage-classes.js';

/** A layout with all that its estimate is put together from. */
export interface EstimateContext {
  readonly model: Transformer;
  readonly cluster: Cluster;
  readonly training: Training;
  readonly device: Device;
  readonly layout: Layout;
  readonly groups: StageGroups;
  readonly pieces: PieceCosts;
  readonly stages: StagePlan;
  /** For each class of stages, as are the activations. */
  readonly parameters: readonly DeviceParameters[];
  readonly passes: LayoutPasses;
  readonly activations: readonly StageActivations[];
  /** One message between stages. */
  readonly boundarySeconds: number;
  /** Adding up the gradients of a tied embedding. */
  readonly tiedSeconds: number;
  readonly numMicrobatches: number;
}
