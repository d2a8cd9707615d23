import {basename, extname} from 'node:path';
import type {MatchedRun} from '../../calibration/rows/match.js';
import {completeLayout} from '../../frameworks/complete-layout.js';
import {problemsOf} from '../../frameworks/problems.js';
import type {Problem} from '../problem.js';
import {readPlan} from '../read-plan.js';
import {problemOfFile} from '../source.js';

/** A plan file with a `measured:` section as a measured run on the plan's own machine and stack. */
export async function readMeasuredPlan(
  file: string,
): Promise<{readonly run: MatchedRun} | {readonly problems: readonly Problem[]}> {
  const read = await readPlan(file);
  if ('problems' in read) return read;
  const {plan, hardware, measured} = read;
  const wrong = (message: string, hint: string) => ({problems: [problemOfFile(file, {message, hint})]});
  if (measured === null) return wrong('has no measured section', 'add measured: {step_time: 9.8 s}');
  const layout = completeLayout(plan);
  if (layout === null)
    return wrong('leaves the layout open', 'state tensor, pipeline and micro_batch as they ran');
  const {model, training, cluster} = plan;
  const [problem] = problemsOf(layout, plan);
  if (problem !== undefined) return wrong(`${problem.path}: ${problem.message}`, 'state the layout that ran');
  const id = basename(file, extname(file));
  return {
    run: {
      id,
      run: {
        id,
        source: file,
        confidence: 'high',
        framework: cluster.software.name,
        hardware: cluster.hardware,
        network: '',
        numDevices: cluster.numDevices,
        model,
        training,
        layout,
        kernels: {fusedNorm: null, compiled: null, compiledLoss: null},
        assumptions: [],
        allReduceBandwidth: null,
        nodeAllReduceBandwidth: null,
        loggedMemory: 'allocated',
        measured: {
          stepSeconds: measured.stepSeconds,
          peakMemoryBytes: measured.allocatedBytes,
          reservedMemoryBytes: measured.reservedBytes,
          fits: true,
        },
      },
      profile: hardware,
      software: cluster.software.name,
      stack: cluster.software,
    },
  };
}
