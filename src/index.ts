/**
 * walltime as a library: read a plan, check a layout, estimate or simulate a step, search for the best
 * layout, estimate the run, export it.
 *
 * ```ts
 * import {estimateRun, formatProblem, readPlan, searchLayouts} from 'walltime';
 *
 * const read = await readPlan('plans/frontier-175b.yaml');
 * if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
 * const best = searchLayouts(read.plan).best;
 * if (best) console.log(best.layout, estimateRun(read.plan, best.estimate).seconds.p50);
 * ```
 *
 * Everything but reading files is a pure function over plain data, in SI base units. `walltime/scaling`
 * holds the laws of loss, batch and learning rate; `walltime/core` is what runs in a browser.
 *
 * Stable within a major version: the names listed here, their arguments, and the fields of a result that
 * have a doc comment. Predicted figures change in minor versions, with a line in the changelog. A function
 * marked `@experimental` may change in any version.
 */

// Read: plans, models, hardware profiles.
export type {Accelerator, Precision} from './cluster/accelerator.js';
export type {Cluster} from './cluster/cluster.js';
export type {HardwareProfile, StackProfile} from './cluster/hardware-profile.js';
export type {TopologyLevel} from './cluster/topology.js';
// Estimate and simulate: one step of one layout.
export {type MemoryEstimate, memoryPartNames, type StageMemory} from './cost/memory/memory.js';
export {type StepParts, stepPartNames} from './cost/step.js';
// Export: what a launcher needs to run a layout.
export {exportRun} from './export/export-run.js';
export type {ExportedText, ExportTarget, PlannedFile, PlannedRun} from './export/export-target.js';
export {type ExportTargetName, exportTarget, exportTargetNames} from './export/targets.js';
// Check: a layout against what its framework can run.
export {completeLayout} from './frameworks/complete-layout.js';
export {problemsOf} from './frameworks/problems.js';
export type {SoftwareStack} from './frameworks/stack.js';
export type {Layout} from './layout/layout.js';
export type {LayoutProblem, RuleSubject} from './layout/rule.js';
export {hardwareFlopPerToken, modelFlopPerToken} from './model/flop.js';
export {countParameters, type ParameterCount} from './model/parameters.js';
export type {Transformer} from './model/transformer.js';
export {estimateStep, type StepEstimate, type StepSubject} from './pipeline/estimate.js';
export {type StepSimulation, simulateStep} from './pipeline/simulate-step.js';
export {stepBand} from './pipeline/uncertainty/step-band.js';
export type {Goal, Plan} from './plan/plan.js';
export type {Training} from './plan/training.js';
export {type PlanValue, setInPlan} from './plan-file/edit/set-in-plan.js';
export {
  type HardwareRead,
  listHardware,
  listModels,
  readHardware,
  readModel,
} from './plan-file/library/library.js';
export type {ModelProfile, ModelRead} from './plan-file/models/model-profile.js';
export {formatProblem, type Problem} from './plan-file/problem.js';
export {type PlanRead, type ReadPlan, readPlan, readPlanText} from './plan-file/read-plan.js';
// Run: a whole training run with failures, cost and energy.
export {estimateRun, type RunEstimate} from './run/run.js';
// Search: the best layout, whole or in parts that several machines take.
export {type ExhaustiveResult, timeEveryLayout} from './search/proof/every-layout.js';
export {
  mergeSnapshots,
  resumeSearch,
  type Search,
  type SearchProgress,
  searchLayouts,
  startSearch,
} from './search/search.js';
export type {
  Candidate,
  SearchCounts,
  SearchOptions,
  SearchResult,
  SearchShard,
  SimulationCheck,
} from './search/search-result.js';
export {mergeProblem, type SearchSnapshot, snapshotProblem} from './search/snapshot.js';
export type {Band, Risk} from './units/band.js';
