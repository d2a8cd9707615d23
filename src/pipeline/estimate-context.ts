import type {Cluster} from '../cluster/cluster.js';
import type {Device} from '../cost/kernels/device.js';
import type {StageActivations, StageStates} from '../cost/memory/stage-memory.js';
import type {PieceCosts} from '../cost/pieces.js';
import type {StageGroups} from '../cost/stage-groups.js';
import type {Layout} from '../layout/layout.js';
import type {Training} from '../layout/training.js';
import type {Transformer} from '../model/transformer.js';
import type {LayoutPasses} from './passes.js';
import type {StagePlan} from './stage-classes.js';
import type {StageUpdate} from './stage-update.js';

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
  readonly passes: LayoutPasses;
  /** For each class of stages, as are states and updates. */
  readonly activations: readonly StageActivations[];
  readonly states: readonly StageStates[];
  readonly updates: readonly StageUpdate[];
  /** One message between stages. */
  readonly boundarySeconds: number;
  /** Adding up the gradients of a tied embedding. */
  readonly tiedSeconds: number;
  readonly numMicrobatches: number;
  /** Whose backward passes through a chunk follow each other. */
  readonly microbatchesInTurn: number;
}
