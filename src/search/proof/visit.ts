import type {FixedActivations, StageActivations} from '../../cost/memory/stage-memory.js';
import type {Recompute} from '../../layout/layout.js';
import type {Misfit} from '../rejections.js';
import type {Risk} from '../search-result.js';
import type {LayerChoice, MeshSpace} from '../space/mesh-space.js';
import type {Slicing} from '../space/slicing.js';
import type {LayerEntry} from '../tables/layer-table.js';
import type {MeshStates, SlicingStates} from '../tables/mesh-states.js';
import type {SearchTables} from '../tables/search-tables.js';
import type {MeshLimits} from './limits.js';
import type {MeshFindings} from './mesh-findings.js';
import type {StateRanks} from './rank-states.js';

/** What all meshes of a search are judged by. */
export interface Judge {
  readonly tables: SearchTables;
  readonly risk: Risk;
  readonly usableBytes: number;
  /** A multiple of every micro-batch of the space. */
  readonly sequencesOfBound: number;
  /** Some schedule of the space pairs passes, which hides their all-to-alls. */
  readonly pairs: boolean;
  /** Nothing is known to fit: the layout that needs least memory is sought. */
  readonly seeksLeast: boolean;
  /** Every layout is timed, whether it fits or not and however slow it may be. */
  readonly timesAll: boolean;
}

/** A mesh as it is visited. */
export interface MeshVisit {
  readonly judge: Judge;
  readonly space: MeshSpace;
  readonly states: MeshStates;
  /** Of each slicing by its micro-batches: ways to run layers share them. */
  readonly ranks: Map<Slicing, Map<number, StateRanks>>;
  readonly limits: MeshLimits;
  readonly found: MeshFindings;
}

/** One micro-batch through the layers of a mesh. */
export interface LayerVisit {
  readonly layer: LayerChoice;
  readonly microBatch: number;
  readonly entry: LayerEntry;
  readonly numMicrobatches: number;
  /** What a step is ranked by over its seconds. */
  readonly factor: number;
  /** Of layouts that do not fit, the one that comes closest so far. */
  readonly closest: {misfit: Misfit | null};
}

/** One slicing of a mesh's layers, as it is visited. */
export interface SlicingVisit extends MeshVisit, LayerVisit {
  readonly slicing: Slicing;
  /** Below the step of all its layouts, seconds; not yet as it is ranked. */
  readonly leastSeconds: number;
  /** By class of stages. */
  readonly fixed: readonly FixedActivations[];
  readonly own: SlicingStates;
  readonly ranked: StateRanks;
}

/** What the memory of a slicing's stages is read from. */
export type StageVisit = Pick<
  SlicingVisit,
  'judge' | 'states' | 'slicing' | 'fixed' | 'entry' | 'own' | 'numMicrobatches'
>;

/** What stages keep under one choice of recomputation. */
export interface Kept {
  readonly recompute: Recompute;
  readonly activations: readonly StageActivations[];
  /** Below what the fullest stage and what is beside the tensors need under any choice of states. */
  readonly leastBytes: number;
}

/** Rounding may bring a bound above what it bounds by some units in the last place. */
export const belowRounding = 1 - 1e-9;
