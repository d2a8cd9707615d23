import type {Cluster} from '../../cluster/cluster.js';
import {makeCluster} from '../../cluster/make-cluster.js';
import {hasPrecision} from '../../cost/kernels/device.js';
import {problemsOf} from '../../frameworks/problems.js';
import type {MeasuredFigure, SoftwareStack} from '../../frameworks/stack.js';
import {estimateStep} from '../../pipeline/estimate.js';
import {figuresOf} from '../../pipeline/uncertainty/extrapolation.js';
import type {MatchedRow} from '../rows/match.js';
import {clusterOfRun} from '../rows/measured-network.js';
import {type Measurement, sourceOf, sweepOf} from '../rows/measurement.js';

/** A measured run as a fit sees it: what was measured, and what any stack would have taken. */
export interface CalibrationRun {
  readonly id: string;
  readonly source: string;
  readonly sweep: string;
  readonly hardware: string;
  readonly software: string;
  readonly stepSeconds: number;
  /** The stack before any fit. */
  readonly stack: SoftwareStack;
  readonly figures: Readonly<Record<MeasuredFigure, number>>;
  /** Step time on this run's machine with another stack, seconds. */
  readonly predict: (stack: SoftwareStack) => number;
}

/** The rows whose step time a fit can use: measured, not of low confidence, and predictable. */
export function calibrationRuns(rows: readonly MatchedRow[]): readonly CalibrationRun[] {
  return rows.flatMap(row => {
    if ('reason' in row) return [];
    const {run, profile, software, stack} = row;
    const {model, training, layout, measured, confidence} = run;
    if (measured.stepSeconds === null || !measured.fits || confidence === 'low') return [];
    const clusterWith = clusterMaker(run, any => makeCluster(profile, any, run.numDevices));
    if (problemsOf(layout, {model, training, cluster: clusterWith(stack)}).length > 0) return [];
    if (!hasPrecision(clusterWith(stack), training.precision)) return [];
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
        predict: (any: SoftwareStack) =>
          estimateStep({model, cluster: clusterWith(any), training, layout}).seconds,
      },
    ];
  });
}

/** The run's cluster with any stack. Its links are scaled again only where the stack reaches another share of them. */
function clusterMaker(
  run: Measurement,
  machineWith: (stack: SoftwareStack) => Cluster,
): (stack: SoftwareStack) => Cluster {
  const runAsScaled = {...run, allReduceBandwidth: null, nodeAllReduceBandwidth: null};
  let scaled: Cluster | null = null;
  return stack => {
    const {node, fabric} = stack.linkScale;
    const links = scaled?.software.linkScale;
    if (scaled === null || links?.node !== node || links.fabric !== fabric) {
      scaled = clusterOfRun(run, machineWith(stack));
      return scaled;
    }
    return clusterOfRun(runAsScaled, {...scaled, software: stack});
  };
}
