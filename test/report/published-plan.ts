import {completeLayout} from '../../src/frameworks/complete-layout.js';
import {estimateStep} from '../../src/pipeline/estimate.js';
import {readPlan} from '../../src/plan-file/read-plan.js';
import {makeSimulation, type Simulation} from '../../src/report/simulation.js';

/** A plan of plans/ with its layout pinned, simulated. */
export async function simulatePlan(name: string): Promise<Simulation> {
  const read = await readPlan(`plans/${name}.yaml`);
  if ('problems' in read) throw new Error(read.problems.map(problem => problem.message).join('\n'));
  const layout = completeLayout(read.plan);
  const estimate = layout && estimateStep({...read.plan, layout});
  if (layout === null || estimate === null) throw new Error(`${name} does not pin its degrees`);
  return makeSimulation(read.plan, layout, estimate);
}
