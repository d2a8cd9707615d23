import {formatProblem} from '../../src/plan-file/problem.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';

/** A plan without mistakes, that tests break one thing in. */
export const goodPlan = `walltime: 1
name: test
model: gpt3-175b
cluster:
  hardware: selene-a100-80gb
  nodes: 128   # 1024 devices
training:
  tokens: 300 B
  sequence_length: 2048
  global_batch: 1536
  precision: bf16
layout:
  tensor: 8
  recompute: full
goal:
  deadline: 30 days
`;

/** Problems of a plan as they are printed. */
export async function printedProblems(text: string, path = 'plan.yaml'): Promise<string[]> {
  const read = await readPlanText(path, text);
  return 'problems' in read ? read.problems.map(formatProblem) : [];
}
