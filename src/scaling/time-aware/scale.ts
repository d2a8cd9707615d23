import {countParameters} from '../../model/parameters.js';
import {numReplicas, type Plan} from '../../plan/plan.js';
import {learningRateLaws} from '../learning-rate/learning-rate-laws.js';
import {bestWeightDecay, dilocoWeightDecay} from '../learning-rate/weight-decay.js';
import {withOneLaw} from '../loss/plan-law.js';
import {powerLawValue} from '../power-law.js';
import {candidateAt, type ScaleCandidate} from './candidate.js';
import {limitOf, type TrainingLimit} from './limit.js';
import {type ModelTemplate, modelTemplate} from './model-template.js';
import {type ComputeOptimalChoice, computeOptimalChoice} from './questions/compute-optimal-choice.js';
import {dataParallelOrDiloco, type OuterComparison} from './questions/data-parallel-or-diloco.js';
import {type InferenceAware, inferenceAware} from './questions/inference-aware.js';
import {type MoreDevices, moreDevices} from './questions/more-devices.js';
import {otherSizes} from './questions/other-sizes.js';
import {type ShapeChoice, wideOrDeep} from './questions/wide-or-deep.js';
import {type SpeedTable, speedTable} from './speeds/speed-table.js';
import {defaultBatches, defaultSizes} from './surface/default-spreads.js';
import {type LossSurface, lossSurface} from './surface/surface.js';

/** What to train by a limit, and what follows from it. */
export interface ScaleAnswer {
  readonly plan: Plan;
  readonly limit: TrainingLimit;
  readonly surface: LossSurface;
  readonly best: ScaleCandidate;
  readonly optimizer: OptimizerChoice;
  /** The model and the batch that the plan names, trained to the same limit; null where it does not fit. */
  readonly own: ScaleCandidate | null;
  readonly computeOptimal: ComputeOptimalChoice;
  /** The best training for shorter and longer times; empty where only the FLOP are bounded. */
  readonly calendar: readonly {readonly seconds: number; readonly candidate: ScaleCandidate}[];
  /** Smaller and larger models, smallest first, the best among them. */
  readonly sizes: readonly ScaleCandidate[];
  readonly shapes: readonly ShapeChoice[];
  readonly devices: MoreDevices;
  /** Null where the plan opens no outer level. */
  readonly outer: OuterComparison | null;
  /** Null where no use of the model is expected. */
  readonly inference: InferenceAware | null;
  readonly searches: number;
}

export interface OptimizerChoice {
  /** Peak, by Step Law; by the joint law of DiLoCo where there are replicas. */
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Why there is no answer. */
export type NoScaleAnswer = 'no limit' | 'nothing fits';

export interface ScaleOptions {
  /** Whether to plan until no size or batch is left that could have a lower loss by the limit. */
  readonly isProven?: boolean;
  /** Called after each part with the number of parts done. */
  readonly onProgress?: (done: number, total: number) => void;
}

export function answerScale(
  asked: Plan,
  {isProven = false, onProgress}: ScaleOptions = {},
): ScaleAnswer | NoScaleAnswer {
  const plan = withOneLaw(asked);
  const limit = limitOf(plan);
  if (limit === null) return 'no limit';
  const family = modelTemplate(plan.model, plan.scaling?.hiddenPerLayer ?? null);
  const parameters = plan.scaling?.parameters ?? defaultSizes(plan, limit);
  const batches = plan.scaling?.globalBatch ?? defaultBatches(plan, limit);
  const table = speedTable({plan, family, parameters, batches});
  const parts = 8;
  let done = 0;
  const withProgress = <Value>(value: Value): Value => {
    onProgress?.(++done, parts);
    return value;
  };
  const surface = withProgress(lossSurface(table, limit, {isProven}));
  const {best} = surface;
  if (best === null) return 'nothing fits';
  const size = countParameters(best.plan.model).total;
  const batch = best.plan.training.globalBatch * numReplicas(best.plan);
  return {
    plan,
    limit,
    surface,
    best,
    optimizer: optimizerChoice(best),
    own: withProgress(ownChoice(plan, limit)),
    computeOptimal: withProgress(computeOptimalChoice(best, family, batches, limit)),
    calendar: withProgress(calendarOf(table, limit, best)),
    sizes: withProgress(otherSizes(table, best, limit)),
    shapes: withProgress(wideOrDeep(best, size, limit)),
    devices: withProgress(moreDevices(best, size, family, batches)),
    outer: withProgress(
      plan.dilocoChoices === null
        ? null
        : dataParallelOrDiloco(plan, plan.dilocoChoices, {family, parameters: size, batch, batches}, limit),
    ),
    inference: inferenceOf(plan, best, {family, sizes: table.sizes.map(({parameters: own}) => own)}, limit),
    searches: table.searches(),
  };
}

/** Shares of the limit's time. */
const calendarShares = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4];

function calendarOf(
  table: SpeedTable,
  limit: TrainingLimit,
  atLimit: ScaleCandidate,
): ScaleAnswer['calendar'] {
  if (limit.seconds === Infinity) return [];
  return calendarShares.flatMap(share => {
    const seconds = limit.seconds * share;
    const best = share === 1 ? atLimit : lossSurface(table, {...limit, seconds}, {numFullySearched: 1}).best;
    return best === null ? [] : [{seconds, candidate: best}];
  });
}

function optimizerChoice({plan, tokens}: ScaleCandidate): OptimizerChoice {
  const {parts, total} = countParameters(plan.model);
  const batch = plan.training.globalBatch * numReplicas(plan) * plan.training.sequenceLength;
  if (plan.diloco !== null) {
    const learningRate = powerLawValue(learningRateLaws['diloco-joint'], {
      parameters: total,
      replicas: plan.diloco.replicas,
    });
    return {learningRate, weightDecay: dilocoWeightDecay(tokens / batch)};
  }
  const learningRate = powerLawValue(learningRateLaws['step-law'], {
    parameters: total - parts.embedding - parts.positions - parts.head,
    tokens,
  });
  return {learningRate, weightDecay: bestWeightDecay({parameters: total, tokens, batch, learningRate})};
}

/** The plan's own model at its own batch. */
function ownChoice(plan: Plan, limit: TrainingLimit): ScaleCandidate | null {
  const batches = [plan.training.globalBatch * numReplicas(plan)];
  const family = modelTemplate(plan.model, null);
  const table = speedTable({plan, family, parameters: [countParameters(plan.model).total], batches});
  const speed = table.speed(0, 0);
  return speed && candidateAt(speed, limit);
}

/** Larger models than a little above the best reach its loss no cheaper. */
const reach = 1.3;
const mostSizes = 16;

/** Every n-th size, so that at most `mostSizes` remain. */
function thinned(sizes: readonly number[]): number[] {
  const stride = Math.ceil(sizes.length / mostSizes);
  return sizes.filter((_, i) => i % stride === 0);
}

/** Default of the loss that is asked for, over that of the best training run. */
const roomForLoss = 1.01;

function inferenceOf(
  plan: Plan,
  best: ScaleCandidate,
  {family, sizes}: {readonly family: ModelTemplate; readonly sizes: readonly number[]},
  limit: TrainingLimit,
): InferenceAware | null {
  const inferenceTokens = plan.scaling?.inferenceTokens ?? null;
  if (inferenceTokens === null) return null;
  const loss = plan.goal.loss ?? best.loss.value * roomForLoss;
  return inferenceAware(
    best,
    {
      family,
      sizes: thinned(sizes.filter(size => size <= reach * countParameters(best.plan.model).total)),
      loss,
      inferenceTokens,
    },
    limit,
  );
}
