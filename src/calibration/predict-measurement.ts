import type {Cluster} from '../cluster/cluster.js';
import {problemsOf} from '../frameworks/problems.js';
import {estimateStep} from '../pipeline/estimate.js';
import {memoryBand} from '../pipeline/memory-band.js';
import {stepBand} from '../pipeline/step-band.js';
import {withMeasuredNetwork} from './measured-network.js';
import {withMeasuredKernels} from './measured-software.js';
import type {Measurement} from './measurement.js';
import {figureOf, reportedMemory} from './reported-memory.js';
import type {PredictedFigures} from './validation.js';

/** What is predicted for a measured run on `machine`, or why nothing can be. */
export function predictMeasurement(
  run: Measurement,
  machine: Cluster,
): PredictedFigures | {readonly reason: string} {
  const {model, training, layout} = run;
  const cluster = clusterOfRun(run, machine);
  const [problem] = problemsOf(layout, {model, training, cluster});
  if (problem !== undefined) return {reason: `${problem.path}: ${problem.message}`};
  const estimate = estimateStep({model, cluster, training, layout});
  if (estimate === null) return {reason: `${cluster.accelerator.name} has no ${training.precision}`};
  const band = stepBand(estimate, cluster.software);
  const peakBytes = figureOf(estimate.memory, reportedMemory(run));
  const memory = memoryBand({peakBytes}, cluster.software);
  return {
    stepSeconds: band.p50,
    stepSecondsP10: band.p10,
    stepSecondsP90: band.p90,
    peakMemoryBytes: memory.p50,
    peakMemoryBytesP10: memory.p10,
    peakMemoryBytesP90: memory.p90,
    reservedMemoryBytes: estimate.memory.reservedBytes,
    fits: estimate.memory.fits,
  };
}

/** The machine as the run found it: its own kernels, and the network as it measured it. */
export function clusterOfRun(run: Measurement, machine: Cluster): Cluster {
  const cluster = {...machine, software: withMeasuredKernels(machine.software, run.kernels)};
  return withMeasuredNetwork(cluster, {
    everywhere: run.allReduceBandwidth,
    inNode: run.nodeAllReduceBandwidth,
  });
}
