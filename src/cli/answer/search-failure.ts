import type {Plan} from '../../layout/plan.js';
import {failedPlanJson, type SearchTiming} from '../../report/json/plan-json.js';
import {renderNoFit} from '../../report/text/plan/no-fit.js';
import type {SearchResult} from '../../search/search-result.js';
import {version} from '../version.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {printJson, printLines} from './output.js';
import {terminalPage} from './page.js';

/** Says that no layout of the plan fits, what comes closest, and what would help. */
export function printSearchFailure(
  plan: Plan,
  result: SearchResult,
  timing: SearchTiming,
  {json}: {readonly json: boolean},
): ExitCode {
  if (json) printJson(failedPlanJson(plan, result, version, timing));
  else printLines(renderNoFit(terminalPage(), plan, result));
  return exitCodes.noPlan;
}
