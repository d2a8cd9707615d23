/**
 * walltime as a library: read a plan, estimate a step, search for the best layout, estimate the run.
 *
 * ```ts
 * import {estimateRun, formatProblem, readPlan, searchLayouts} from 'walltime';
 *
 * const read = await readPlan('plans/frontier-175b.yaml');
 * if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
 * const best = searchLayouts(read.plan)?.best;
 * if (best) console.log(best.layout, estimateRun(read.plan, best.estimate).seconds.p50);
 * ```
 *
 * Everything but reading files is a pure function over plain data, in SI base units.
 */

// Things: a model, a cluster, a layout.
export type {Accelerator, Precision} from './cluster/accelerator.js';
export type {Cluster} from './cluster/cluster.js';
export type {HardwareProfile, StackProfile} from './cluster/hardware-profile.js';
export type {TopologyLevel} from './cluster/topology.js';
// Simulation: one step of one layout.
export {type MemoryEstimate, memoryPartNames, type StageMemory} from './cost/memory/memory.js';
export {type StepParts, stepPartNames} from './cost/step.js';
export {completeLayout} from './frameworks/complete-layout.js';
export {problemsOf} from './frameworks/problems.js';
export type {SoftwareStack} from './frameworks/stack.js';
export type {Layout} from './layout/layout.js';
export type {Goal, Plan} from './layout/plan.js';
export type {LayoutProblem, RuleSubject} from './layout/rule.js';
export type {Training} from './layout/training.js';
export {hardwareFlopPerToken, modelFlopPerToken} from './model/flop.js';
export {countParameters, type ParameterCount} from './model/parameters.js';
export type {Transformer} from './model/transformer.js';
export {estimateStep, type StepEstimate, type StepSubject} from './pipeline/estimate.js';
export {stepBand} from './pipeline/step-band.js';
export {type PlanValue, setInPlan} from './plan-file/edit/set-in-plan.js';
export type {HardwareRead} from './plan-file/hardware/read-hardware.js';
// Files: plans, models, hardware profiles.
export {
  listHardware,
  listModels,
  readHardware,
  readModel,
} from './plan-file/library/library.js';
export type {ModelProfile, ModelRead} from './plan-file/models/model-profile.js';
export {formatProblem, type Problem} from './plan-file/problem.js';
export {type PlanRead, type ReadPlan, readPlan, readPlanText} from './plan-file/read-plan.js';
// Answers: the best layout, and a whole run of it.
export {estimateRun, type RunEstimate} from './run/run.js';
export {allocationLaws} from './scaling/allocation/allocation-laws.js';
export {computeOptimal} from './scaling/allocation/compute-optimal.js';
export {type AnnealingLaw, annealingCurve, tissue} from './scaling/annealing/annealing-law.js';
export {bestBatchLaws, criticalBatchLaws} from './scaling/batch/batch-laws.js';
export {tokensAtBatch, usefulTokens, zhangCriticalBatch} from './scaling/batch/critical-batch.js';
export {type BatchFit, batchFit} from './scaling/batch/useful-share.js';
export {
  type DilocoRun,
  dilocoLossRatio,
  dilocoLossRatioLaw,
  dilocoLossRatioOutsideRange,
} from './scaling/diloco/loss-ratio.js';
export {dilocoOuterRate} from './scaling/diloco/outer-rate.js';
export {
  mmluOutsideRange,
  mmluScore,
  type PerformanceInputs,
  performanceLaw,
} from './scaling/downstream/performance-law.js';
export {type TaskAccuracyLaw, taskAccuracy} from './scaling/downstream/task-ladder.js';
export {type TopOneErrorLaw, topOneError, topOneErrorLaws} from './scaling/downstream/top-1-error.js';
export {
  type FitOptions,
  type FittedCoefficient,
  fitLaw,
  type LawFit,
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
export {type PowerLaw, powerLawBand, powerLawOutsideRange, powerLawValue} from './scaling/power-law.js';
export type {ScaleCandidate} from './scaling/time-aware/candidate.js';
export {limitOf} from './scaling/time-aware/limit.js';
export {
  type CalendarPoint,
  type Milestone,
  type PlanCalendar,
  planCalendar,
} from './scaling/time-aware/plan-calendar.js';
export {type SizeExponents, sizeExponents} from './scaling/time-aware/questions/size-exponent.js';
export {answerScale, type ScaleAnswer} from './scaling/time-aware/scale.js';
export {familyOf, modelOfSize} from './scaling/time-aware/shape-family.js';
export {type SizeAtMoment, type SizeForecast, startSizeForecast} from './scaling/time-aware/size-forecast.js';
export {type SpeedTable, speedTable} from './scaling/time-aware/speeds/speed-table.js';
export {type LossSurface, lossSurface} from './scaling/time-aware/surface/surface.js';
export {
  mergeSnapshots,
  resumeSearch,
  type Search,
  type SearchProgress,
  searchLayouts,
  startSearch,
  type TimedSpace,
  timeEveryLayout,
} from './search/search.js';
export type {
  Candidate,
  Certificate,
  Risk,
  SearchCounts,
  SearchOptions,
  SearchResult,
  Shard,
} from './search/search-result.js';
export {mergeProblem, type SearchSnapshot, snapshotProblem} from './search/snapshot.js';
export type {Band} from './units/band.js';
