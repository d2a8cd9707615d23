import type {Plan} from '../../../src/plan/plan.js';
import {readPlanText} from '../../../src/plan-file/read-plan.js';

/** One node of H100 and a model of 1.1 B parameters; `further` are sections of the plan. */
export async function smallPlan(further = 'goal: {deadline: 12 hours}', devices = 8): Promise<Plan> {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
model: tinyllama-1.1b
cluster: {hardware: h100-sxm, devices: ${devices}, price: $2/hour}
training: {tokens: 10e9, sequence_length: 2048, global_batch: 128}
search: {tensor: [1, 2], pipeline: [1, 2], virtual_stages: [1]}
${further}
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.plan;
}
