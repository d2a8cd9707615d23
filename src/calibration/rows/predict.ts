import type {Cluster} from '../../cluster/cluster.js';
import {makeCluster} from '../../cluster/make-cluster.js';
import {hasPrecision} from '../../cost/kernels/device.js';
import type {MemoryEstimate} from '../../cost/memory/memory.js';
import type {LoggedMemory} from '../../frameworks/framework.js';
import {problemsOf} from '../../frameworks/problems.js';
import {estimateStep} from '../../pipeline/estimate.js';
import {memoryBand} from '../../pipeline/uncertainty/memory-band.js';
import {stepBand} from '../../pipeline/uncertainty/step-band.js';
import type {Bytes} from '../../units/quantities.js';
import {stepWork} from '../baselines/step-work.js';
import type {PredictedFigures, ValidationRow} from '../validation.js';
import type {MatchedRow} from './match.js';
import {clusterOfRun} from './measured-network.js';
import {configurationOf, type Measurement, sourceOf, sweepOf} from './measurement.js';

/** A row with what is predicted for it, or why nothing can be. */
export function predictRow(matched: MatchedRow): ValidationRow {
  const {id} = matched;
  const source = sourceOf(id);
  if ('reason' in matched) return {status: 'skipped', id, source, reason: matched.reason};
  const {run, profile, software, stack} = matched;
  const predicted = predictMeasurement(run, makeCluster(profile, stack, run.numDevices));
  if ('reason' in predicted) return {status: 'skipped', id, source, reason: predicted.reason};
  return {
    status: 'predicted',
    id,
    source,
    sweep: sweepOf(run),
    configuration: configurationOf(run),
    framework: run.framework,
    confidence: run.confidence,
    hardware: profile.name,
    software,
    work: stepWork(run, profile.accelerator),
    assumptions: run.assumptions,
    measured: run.measured,
    predicted,
  };
}

/** What is predicted for a measured run on `machine`, or why nothing can be. */
export function predictMeasurement(
  run: Measurement,
  machine: Cluster,
): PredictedFigures | {readonly reason: string} {
  const {model, training, layout} = run;
  const cluster = clusterOfRun(run, machine);
  const problems = problemsOf(layout, {model, training, cluster});
  if (problems.length > 0) {
    return {reason: problems.map(({path, message}) => `${path}: ${message}`).join('; ')};
  }
  if (!hasPrecision(cluster, training.precision)) {
    return {reason: `${cluster.accelerator.name} has no ${training.precision}`};
  }
  const estimate = estimateStep({model, cluster, training, layout});
  const band = stepBand(estimate, cluster.software);
  const peakBytes = loggedBytes(estimate.memory, run.loggedMemory ?? 'allocated');
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

/** The figure of `memory` that a framework's log prints. */
function loggedBytes(memory: MemoryEstimate, logged: LoggedMemory): Bytes {
  switch (logged) {
    case 'allocated':
      return memory.peakBytes;
    case 'update':
      return memory.stages[0]?.updateBytes ?? memory.peakBytes;
    case 'reserved':
      return memory.reservedBytes;
    case 'device':
      return (memory.reservedBytes + memory.outsideAllocatorBytes) as Bytes;
  }
}
