import type {TimedRun} from '../../calibration/fit/timed-run.js';
import type {Measurement} from '../../calibration/measurement.js';
import {clusterOfRun} from '../../calibration/predict-measurement.js';
import {sourceOf, sweepOf} from '../../calibration/sweep.js';
import type {Cluster} from '../../cluster/cluster.js';
import {makeCluster} from '../../cluster/make-cluster.js';
import {stepSeconds} from '../../cost/step.js';
import {problemsOf} from '../../frameworks/problems.js';
import type {SoftwareStack} from '../../frameworks/stack.js';
import {figuresOf} from '../../pipeline/beyond-measured.js';
import {makeEstimator} from '../../pipeline/estimator.js';
import type {MatchedRow} from './match-rows.js';

/** The rows whose step time a fit can use: measured, of some confidence, and predictable. */
export function timedRuns(rows: readonly MatchedRow[]): readonly TimedRun[] {
  return rows.flatMap(row => {
    if ('reason' in row) return [];
    const {run, profile, software, stack} = row;
    const {model, training, layout, measured, confidence} = run;
    if (measured.stepSeconds === null || !measured.fits || confidence === 'low') return [];
    const clusterOf = clusterMaker(run, of => makeCluster(profile, of, run.numDevices));
    if (problemsOf(layout, {model, training, cluster: clusterOf(stack)}).length > 0) return [];
    if (makeEstimator(model, clusterOf(stack), training) === null) return [];
    return [
      {
        id: row.id,
        source: sourceOf(row.id),
        sweep: sweepOf(run),
        hardware: profile.name,
        software,
        stepSeconds: measured.stepSeconds,
        stack,
        figures: figuresOf(run),
        predict: (of: SoftwareStack) => {
          const estimator = makeEstimator(model, clusterOf(of), training);
          return estimator === null ? Number.NaN : stepSeconds(estimator.parts(layout));
        },
      },
    ];
  });
}

/** The run's cluster with any stack. Links are worked out anew only where the stack reaches another share of them. */
function clusterMaker(
  run: Measurement,
  machine: (stack: SoftwareStack) => Cluster,
): (stack: SoftwareStack) => Cluster {
  let known: Cluster | null = null;
  return stack => {
    const {node, fabric} = stack.linkScale;
    const links = known?.software.linkScale;
    if (known === null || links?.node !== node || links.fabric !== fabric) {
      known = clusterOfRun(run, machine(stack));
      return known;
    }
    return {
      ...clusterOfRun(
        {...run, allReduceBandwidth: null, nodeAllReduceBandwidth: null},
        {...known, software: stack},
      ),
    };
  };
}
