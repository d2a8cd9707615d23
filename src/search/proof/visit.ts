import type {Risk} from '../search-result.js';
import type {LayerChoice, MeshSpace} from '../space/mesh-space.js';
import type {LayerEntry} from '../tables/layer-table.js';
import type {MeshStates} from '../tables/mesh-states.js';
import type {SearchTables} from '../tables/search-tables.js';
import type {MeshLimits} from './limits.js';
import type {MeshFindings} from './mesh-findings.js';

/** What all meshes of a search are judged by. */
export interface Judge {
  readonly tables: SearchTables;
  readonly risk: Risk;
  readonly usableBytes: number;
  /** A multiple of every micro-batch of the space. */
  readonly sequencesOfBound: number;
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
}

/** Rounding may bring a bound above what it bounds by some units in the last place. */
export const belowRounding = 1 - 1e-9;
