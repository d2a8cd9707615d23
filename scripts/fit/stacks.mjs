/**
 * Fits the facts of software stacks to measured runs, and writes them into their files with the
 * errors that held-out runs leave; the errors also go to hardware-profiles/cross-validation.json.
 *
 * usage: npm run fit [-- measurements.csv] [--errors-only]
 *
 * Takes minutes: each sweep and each source is predicted by constants that were fitted without it.
 */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const outfile = path.join(root, 'node_modules/.cache/fit/stack-fit.mjs');
await build({
  entryPoints: [path.join(root, 'scripts/fit/stack-fit.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
});
const fit = await import(pathToFileURL(outfile).href);

const given = process.argv.slice(2).filter(argument => !argument.startsWith('--'));
const table = given[0] ?? path.join(root, '../shared/measurements/measurements.csv');
const evidence = await fit.readEvidence(root, table);
const started = Date.now();
/** @param {string} what */
const report = what => console.error(`${((Date.now() - started) / 1000).toFixed(0)} s ${what}`);

/** Rows that a team measures in an afternoon. */
const fewRows = 8;
/** Parts in which sweeps are held out. */
const folds = 5;

const slopes = fit.slopesOfRuns(evidence.runs);
report('slopes known');
const sweep = fit.bySweep(evidence.runs, slopes, folds);
report('sweeps held out');
const source = fit.bySource(evidence.runs, slopes);
report('sources held out');
const calibrated = fit.afterCalibration(evidence.runs, slopes, fewRows);
report(`sources held out but for ${fewRows} rows`);
if (!process.argv.includes('--errors-only')) {
  fit.writeFit(evidence, slopes, {sweep, source}, path.join(root, 'hardware-profiles/frameworks'));
  report('frameworks written');
}
const accuracy = {
  table: evidence.table,
  rows: evidence.runs.length,
  heldOutSweeps: fit.summary(sweep),
  heldOutSources: fit.summary(source),
  heldOutSourcesCalibrated: {rowsUsed: fewRows, ...fit.summary(calibrated)},
};
writeFileSync(
  path.join(root, 'hardware-profiles/cross-validation.json'),
  `${JSON.stringify(accuracy, null, 2)}\n`,
);
console.log(JSON.stringify(accuracy, null, 2));
