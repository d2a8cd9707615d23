/**
 * The scaling laws of walltime: published laws with their ranges and errors, fits of one's own, and the
 * time-aware laws, which replace tokens by what a planned cluster can process.
 *
 * ```ts
 * import {readPlan} from 'walltime';
 * import {answerScale} from 'walltime/scaling';
 *
 * const read = await readPlan('plans/scale-64-h100.yaml');
 * if ('plan' in read) console.log(answerScale(read.plan));
 * ```
 *
 * Laws are plain data: `title`, `source`, how sure each figure is (`mark`), and the runs that it was fitted
 * to (`range`). Losses are in the unit of their law, batches in tokens of an optimizer step, learning rates
 * are those of AdamW. The functions marked `@experimental` may change in any version.
 */

// Loss by parameters and tokens.
export {computeOptimal} from './scaling/allocation/compute-optimal.js';
// Loss along a run, and the accuracy that a loss gives.
export {type AnnealingLaw, annealingCurve, tissue} from './scaling/annealing/annealing-law.js';
// Batch and learning rate.
export {bestBatchLaws, criticalBatchLaws} from './scaling/batch/batch-laws.js';
export {type BatchFit, batchFit, usefulTokens} from './scaling/batch/useful-share.js';
export {type DilocoRun, dilocoLossRatio, dilocoLossRatioOutsideRange} from './scaling/diloco/loss-ratio.js';
export {
  mmluOutsideRange,
  mmluScore,
  type PerformanceInputs,
  performanceLaw,
} from './scaling/downstream/performance-law.js';
export {type TaskAccuracyLaw, taskAccuracy} from './scaling/downstream/task-ladder.js';
export {type TopOneErrorLaw, topOneError, topOneErrorLaws} from './scaling/downstream/top-1-error.js';
// Fits to runs of one's own.
export {
  type FittedCoefficient,
  fitLaw,
  type LawFit,
  type LawFitOptions,
  type ObservedLoss,
} from './scaling/fit/fit-law.js';
export type {Coefficient, Mark} from './scaling/law-facts.js';
export {learningRateLaws} from './scaling/learning-rate/learning-rate-laws.js';
export {bestWeightDecay} from './scaling/learning-rate/weight-decay.js';
export type {LossInputs} from './scaling/loss/loss-inputs.js';
export {type LossLaw, lossBand, lossOf, lossOutsideRange} from './scaling/loss/loss-law.js';
export {type LossLawName, lossLaws} from './scaling/loss/loss-laws.js';
export {lawOfPlan, type NamedLaw} from './scaling/loss/plan-law.js';
export {type PlanLoss, planLoss} from './scaling/loss/plan-loss.js';
export {type PowerLaw, powerLawValue} from './scaling/power-law.js';
// Time-aware: the best model, tokens, batch and layout for a deadline.
export type {ScaleCandidate} from './scaling/time-aware/candidate.js';
export {limitOf} from './scaling/time-aware/limit.js';
export {modelTemplate} from './scaling/time-aware/model-template.js';
export {
  type CalendarPoint,
  type Milestone,
  type PlanCalendar,
  planCalendar,
} from './scaling/time-aware/plan-calendar.js';
export {type SizeExponents, sizeExponents} from './scaling/time-aware/questions/size-exponent.js';
export {answerScale, type ScaleAnswer} from './scaling/time-aware/scale.js';
export {type SizeAtMoment, type SizeForecast, startSizeForecast} from './scaling/time-aware/size-forecast.js';
export {type SpeedTable, speedTable} from './scaling/time-aware/speeds/speed-table.js';
export {type LossSurface, lossSurface} from './scaling/time-aware/surface/surface.js';
