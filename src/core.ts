/**
 * walltime without files: what runs in a browser or a worker. Nothing here reads a file or needs Node.
 *
 * ```ts
 * import {estimateRun, readPlanText, searchLayouts} from 'walltime/core';
 *
 * const read = await readPlanText('plan.yaml', text, {
 *   model: async name => ({profile: {model: models[name]}}),
 *   hardware: async name => ({profile: machines[name]}),
 * });
 * const best = 'plan' in read ? searchLayouts(read.plan)?.best : null;
 * ```
 *
 * A plan names its model and its machine; the caller finds them, as records that `readModel` and
 * `readHardware` of `walltime` return. The names here mean what they mean in `walltime` and are stable
 * like them; `walltime/scaling` runs in a browser too.
 */

export {completeLayout} from './frameworks/complete-layout.js';
export {problemsOf} from './frameworks/problems.js';
export {hardwareFlopPerToken, modelFlopPerToken} from './model/flop.js';
export {countParameters} from './model/parameters.js';
export {estimateStep} from './pipeline/estimate.js';
export {simulateStep} from './pipeline/simulate-step.js';
export {stepBand} from './pipeline/uncertainty/step-band.js';
export {
  type Named,
  type PlanNames,
  type PlanRead,
  planOfText as readPlanText,
  type ReadPlan,
} from './plan-file/plan-of-text.js';
export {formatProblem} from './plan-file/problem.js';
export {estimateRun} from './run/run.js';
export {searchLayouts, startSearch} from './search/search.js';
