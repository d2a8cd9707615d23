import {memoryPartNames, type StageMoments} from '../src/cost/memory/memory.js';
import {noParts, type StepParts} from '../src/cost/step.js';
import type {Operation} from '../src/plan/operation.js';
import type {Plan} from '../src/plan/plan.js';
import type {Training} from '../src/plan/training.js';
import {bytes, seconds} from '../src/units/quantities.js';
import {gpt} from './model/shapes.js';
import {handCluster} from './pipeline/hand-machine.js';

const plainTraining: Training = {
  tokens: 1e9,
  sequenceLength: 2048,
  globalBatch: 64,
  precision: 'bf16',
  optimizer: 'adam',
  attentionKernel: null,
  gradientBytes: null,
  expertImbalance: 1,
};

/** A run without failures, pauses, stragglers and known site. */
const plainOperation: Operation = {
  warmUp: seconds(0),
  evaluation: null,
  checkpoint: {mode: 'blocking', bandwidth: null, every: 'auto'},
  failures: null,
  stragglers: null,
  spot: null,
  site: {hostPower: null, pue: null, gridCarbonKgPerJoule: null, energyPriceUsdPerJoule: null},
  calendar: 'clean',
};

/** What a test wants of a plan; all else is plain. */
export interface PlanWishes extends Partial<Omit<Plan, 'training' | 'operation' | 'goal'>> {
  readonly training?: Partial<Training>;
  readonly operation?: Partial<Operation>;
  readonly goal?: Partial<Plan['goal']>;
}

/** A plan of a small GPT on eight devices of a round-figure machine, with what a test wants of it. */
export function makePlanFor({training, operation, goal, ...wishes}: PlanWishes = {}): Plan {
  return {
    name: 'a plan',
    model: gpt({layers: 4, hidden: 1024, heads: 16, vocabulary: 51200}),
    cluster: handCluster(8),
    pins: {},
    narrowed: {},
    diloco: null,
    loss: null,
    scaling: null,
    dilocoChoices: null,
    ...wishes,
    training: {...plainTraining, ...training},
    defaults: [],
    assumptions: [],
    operation: {...plainOperation, ...operation},
    goal: {minimize: 'time', deadline: null, budget: null, loss: null, ...goal},
  };
}

/** Seconds of a step, of the parts that are named; the others take none. */
export function stepPartsOf(parts: Readonly<Partial<Record<keyof StepParts, number>>>): StepParts {
  return {...noParts, ...(parts as Partial<StepParts>)};
}

/** Bytes of a stage, of the parts that are named; the others take none. */
export function stageOf(parts: Readonly<Partial<Record<keyof StageMoments, number>>>): StageMoments {
  const empty = Object.fromEntries(
    [...memoryPartNames, 'updateBytes' as const].map(name => [name, bytes(0)]),
  ) as Record<keyof StageMoments, StageMoments['updateBytes']>;
  return {...empty, ...(parts as Partial<StageMoments>)};
}
