import type {FixedActivations, StageActivations} from '../../cost/memory/stage-activations.js';
import type {Recompute} from '../../layout/layout.js';
import type {LayerEntry} from '../../pipeline/tables/layer-table.js';
import type {DegreesSpace, LayerChoice} from '../space/degrees-space.js';
import type {PipelineCandidate} from '../space/pipeline-candidates.js';
import type {Collector} from './collector.js';
import type {StateRanks} from './rank-states.js';
import type {SearchContext} from './search-context.js';
import type {DegreesStates, PipelineStates} from './state-tables.js';

/** Walk over the layouts of one combination of degrees. */
export interface DegreesWalk {
  readonly context: SearchContext;
  readonly space: DegreesSpace;
  readonly collector: Collector;
  readonly states: DegreesStates;
  /** Ranked choices of states by pipeline candidate and number of micro-batches; all ways to run layers share them. */
  readonly ranks: Map<PipelineCandidate, Map<number, StateRanks>>;
}

/** One micro-batch through layers that run in one way. */
export interface MicroBatchWalk {
  readonly degrees: DegreesWalk;
  readonly layer: LayerChoice;
  readonly microBatch: number;
  readonly entry: LayerEntry;
  readonly numMicrobatches: number;
  readonly riskFactor: number;
}

/** One way to cut and schedule the pipeline of these micro-batches. */
export interface PipelineWalk {
  readonly micro: MicroBatchWalk;
  readonly candidate: PipelineCandidate;
  /** Activations of each class of stages that do not depend on recomputation. */
  readonly fixed: readonly FixedActivations[];
  readonly states: PipelineStates;
  readonly ranks: StateRanks;
}

/** One choice of recomputation with the activations that stages then hold. */
export interface RecomputeCandidate {
  readonly recompute: Recompute;
  readonly activations: readonly StageActivations[];
  /** Lower bound of the memory of the fullest stage under any choice of states. */
  readonly leastBytes: number;
}
