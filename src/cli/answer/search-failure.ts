import type {Plan} from '../../plan/plan.js';
import {planJson} from '../../report/json/plan-json.js';
import {renderNoFit} from '../../report/text/plan/no-fit.js';
import type {Answer} from '../../search/variants/answer.js';
import {version} from '../version.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {printJson, printLines} from './output.js';
import {stdoutStyle} from './terminal-style.js';

/** Prints that no layout of the plan fits, what comes closest, and what would help. */
export function printSearchFailure(plan: Plan, answer: Answer, {json}: {readonly json: boolean}): ExitCode {
  if (json) printJson(planJson(answer, version, {seconds: null, threads: 1}));
  else printLines(renderNoFit(stdoutStyle(), answer.smallest?.variant.plan ?? plan, answer));
  return exitCodes.noPlan;
}
