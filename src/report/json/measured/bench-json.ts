import {type BenchView, benchFigures, takenFigures, timedOnly} from '../../measured/bench-view.js';

/** A machine that was made from a bench as other programs read it. Pure data. */
export function benchJson(
  {name, file, device, fit, before, after, kernels, noisyRows, skipped, out}: BenchView,
  version: string,
) {
  return {
    walltime: version,
    hardware: name,
    bench: file,
    device,
    base: {hardware: fit.profile.name, sameAccelerator: fit.isKnown},
    figures: benchFigures(fit).map(figure => ({...figure, evidence: 'measured-here'})),
    taken: takenFigures(fit).map(({path, text, source}) => ({path, text, source, from: fit.profile.name})),
    errors: {before: before.total, after: after.total, slices: after.slices},
    noisyRows,
    timed: timedOnly(kernels),
    skipped,
    profile: out,
  };
}
