import type {CalibrationView} from '../../measured/calibration-view.js';

/** A calibration as other programs read it. Pure data. */
export function calibrationJson(view: CalibrationView, version: string) {
  const {hardware, software, base, runs, calibration, skipped, out} = view;
  const {before, after, crossValidated, trust, facts, stack} = calibration;
  return {
    walltime: version,
    hardware,
    software,
    base,
    rows: {used: runs.map(({id}) => id), skipped: skipped.length},
    sweeps: new Set(runs.map(({sweep}) => sweep)).size,
    stepTime: {before, after, crossValidated},
    trust,
    facts: facts.map(({fact, before: was, after: is, identified}) => ({
      key: fact.key,
      unit: fact.unit,
      before: was,
      after: is,
      low: fact.low,
      high: fact.high,
      identified,
    })),
    stepResidual: stack.stepResidual,
    measuredRange: stack.measuredRange,
    profile: out,
  };
}
